"""Two records become one, and two again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.domain.parties import actions, queries
from guanjia.domain.parties.actions.merging import AlreadyMerged, SameRecord, TwoPapers
from guanjia.domain.parties.actions.reach import AnotherEstate
from guanjia.domain.parties.rules.likeness import Pair, Reason, Traits, pairs
from guanjia.kernel.errors import IllegalMove, NotAllowed, Stale
from tests import make

from .conftest import DAY, NOON

CARD = "11010519491231002X"


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ({"id_index": "a"}, {"id_index": "a"}, {Reason.IDENTITY}),
        ({"phone_indexes": frozenset("p")}, {"phone_indexes": frozenset("pq")}, {Reason.PHONE}),
        ({"place_ids": frozenset({1})}, {"place_ids": frozenset({1, 2})}, {Reason.NAME_AND_PLACE}),
        ({"id_index": "a", "phone_indexes": frozenset("p")}, {"id_index": "b", "phone_indexes": frozenset("p")}, None),
        ({"place_ids": frozenset({1})}, {"place_ids": frozenset({2})}, None),
        ({}, {}, None),
    ],
)
def test_what_makes_two_records_alike(one, other, reasons):
    found = pairs([Traits(1, "刘桂芳", **one), Traits(2, "刘桂芳", **other)])
    assert [pair.reasons for pair in found] == ([] if reasons is None else [reasons])


def test_a_shared_phone_of_two_names_weighs_less_and_a_hotline_says_nothing():
    family = [
        Traits(1, "甲", phone_indexes=frozenset("p")),
        Traits(2, "乙", phone_indexes=frozenset("p")),
        Traits(3, "甲", phone_indexes=frozenset("p")),
    ]
    assert [(pair.one, pair.other) for pair in pairs(family)] == [(1, 3), (1, 2), (2, 3)]
    assert pairs([Traits(number, "甲", phone_indexes=frozenset("p")) for number in range(13)]) == []


@given(
    st.lists(
        st.builds(
            Traits, st.integers(1, 30), st.sampled_from("甲乙"), st.sampled_from(["", "a", "b"]), st.frozensets(st.sampled_from("pq"))
        ),
        max_size=12,
    )
)
def test_a_pair_never_joins_a_record_with_itself_nor_two_papers(traits):
    known = {each.pk: each for each in traits}
    for pair in pairs(traits):
        papers = {known[key].id_index for key in (pair.one, pair.other)} - {""}
        assert isinstance(pair, Pair)
        assert pair.one < pair.other
        assert len(papers) <= 1


@pytest.fixture
def twin(world, liu):
    """The same 刘桂芳 entered again, with a card, a second phone, a parking space and a login."""
    actor = world.li.actor
    made = actions.register(world.estate, name="刘桂芳", phones=["13812345678", "13912345678"], id_number=CARD, actor=actor, at=NOON)
    space = make.place(world.estate, "B1-217/", "parking")
    actions.move_in(space, party=made, relation="owner", began_on=date(2021, 1, 1), actor=actor, at=NOON)
    actions.note_preference(made, topic="salutation", text="刘老师", actor=actor, at=NOON)
    user = make.user(None, "刘桂芳", phone="13912345678")
    make.model("parties.Party").objects.filter(pk=made.pk).update(user=user)
    made.refresh_from_db()
    return made


def merge(world, kept, merged, who=None, seen=1, merged_seen=1):
    return actions.merge(kept, merged=merged, seen=seen, merged_seen=merged_seen, actor=(who or world.li).actor, at=NOON)


def state(party):
    party.refresh_from_db()
    return (
        party.id_number,
        party.born_on,
        party.user_id,
        sorted(phone.number for phone in party.phones.all()),
        sorted(each.place.label for each in party.occupancies.all()),
        [each.text for each in party.preferences.all()],
    )


def test_candidates_are_proposed_until_somebody_decides(world, liu, twin, told):
    (found,) = queries.candidates(world.li.actor, world.estate, on=DAY)
    assert (found.one.party, found.other.party, found.reasons, found.same_name) == (liu, twin, ("phone",), True)
    assert queries.candidates(world.zhao.actor, world.estate, on=DAY) == []
    actions.keep_apart(twin, other=liu, actor=world.li.actor, at=NOON)
    assert queries.candidates(world.li.actor, world.estate, on=DAY) == []
    assert told(liu)[-1] == ("parties.KeptApart", {"one_id": liu.pk, "other_id": twin.pk})


def test_candidates_cost_the_same_however_many_there_are(world, liu, twin, django_assert_max_num_queries):
    for number in range(5):
        make.party(world.estate, f"某{number}", phone="13700000000")
    actor = world.li.actor
    with django_assert_max_num_queries(7):
        assert len(queries.candidates(actor, world.estate, on=DAY)) == 11


def test_merging_keeps_everything_and_undoing_parts_it_again(world, liu, twin, told):
    before = state(liu), state(twin)
    done = merge(world, liu, twin)
    assert state(liu) == (
        CARD,
        date(1949, 12, 31),
        before[1][2],
        ["13812345678", "13912345678"],
        ["3-2-1501", "B1-217"],
        ["刘老师"],
    )
    assert state(twin) == (CARD, date(1949, 12, 31), None, ["13812345678"], [], [])
    assert twin not in queries.visible(world.li.actor)
    assert list(queries.merges(world.li.actor, world.estate)) == [done]
    actions.undo_merge(done, actor=world.li.actor, at=NOON)
    assert (state(liu), state(twin)) == before
    assert list(queries.merges(world.li.actor, world.estate)) == []
    payload = {"merge_id": done.pk, "kept_id": liu.pk, "merged_id": twin.pk}
    assert told(liu)[-2:] == [("parties.Merged", payload), ("parties.MergeUndone", payload)]


def test_what_was_added_after_the_merge_stays_with_the_kept_record(world, liu, twin):
    done = merge(world, liu, twin)
    actions.add_phone(liu, phone="13612345678", actor=world.li.actor, at=NOON)
    actions.undo_merge(done, actor=world.li.actor, at=NOON)
    assert [line.masked for line in queries.phones(liu)] == ["138****5678", "136****5678"]


def test_refusals_of_merge(world, liu, twin):
    with pytest.raises(NotAllowed):
        merge(world, liu, twin, world.wang)
    with pytest.raises(SameRecord):
        merge(world, liu, liu)
    with pytest.raises(NotAllowed):
        merge(world, liu, make.party(world.other_estate, "外人"))
    with pytest.raises(Stale):
        merge(world, liu, twin, merged_seen=7)
    merge(world, liu, twin)
    with pytest.raises(AlreadyMerged):
        merge(world, world.zhang.party, twin, merged_seen=2)


def test_two_identity_numbers_are_two_people(world, twin):
    other = actions.register(world.estate, name="刘桂芳", id_number="810000199408230021", actor=world.li.actor, at=NOON)
    with pytest.raises(TwoPapers):
        merge(world, twin, other)


def test_records_of_two_estates_are_not_merged(world, liu):
    from guanjia.kernel.actor import Actor

    foreign = make.party(world.other_estate, "刘桂芳")
    for act in (
        lambda: actions.merge(liu, merged=foreign, seen=1, merged_seen=1, actor=Actor.system(), at=NOON),
        lambda: actions.keep_apart(liu, other=foreign, actor=Actor.system(), at=NOON),
    ):
        with pytest.raises(AnotherEstate):
            act()


def test_a_merge_is_undone_once_and_from_the_top(world, liu, twin):
    done = merge(world, liu, twin)
    above = merge(world, world.zhang.party, liu, merged_seen=2)
    with pytest.raises(IllegalMove, match="先撤销"):
        actions.undo_merge(done, actor=world.li.actor, at=NOON)
    actions.undo_merge(above, actor=world.li.actor, at=NOON)
    with pytest.raises(NotAllowed):
        actions.undo_merge(done, actor=world.wang.actor, at=NOON)
    actions.undo_merge(done, actor=world.li.actor, at=NOON)
    with pytest.raises(IllegalMove):
        actions.undo_merge(done, actor=world.li.actor, at=NOON)
