"""Companies, branches and estates, and the template that shows every room."""

from uuid import uuid4

import pytest

from guanjia.domain.estate import actions, queries
from guanjia.domain.estate.actions import estates
from guanjia.domain.estate.models import Place
from guanjia.kernel.actor import Actor, Grant
from guanjia.kernel.errors import NotAllowed, Stale
from tests.domain.estate.conftest import NOW
from tests.world import told


@pytest.fixture
def head(world):
    """Somebody with a post over the whole company."""
    return Actor(
        user_id=1,
        name="总",
        company_id=world.company.pk,
        grants=(Grant(frozenset({"estate.setup", "estate.view"}), company_id=world.company.pk),),
    )


def test_the_system_founds_a_company_and_nobody_else(world, head):
    company = actions.found_company(code="neu", name="新公司", actor=Actor.system("test"), at=NOW)
    assert told(company) == [("estate.CompanyFounded", {"company_id": company.pk})]
    with pytest.raises(NotAllowed):
        actions.found_company(code="neu2", name="新公司", actor=head, at=NOW)
    with pytest.raises(estates.CodeTaken):
        actions.found_company(code="neu", name="又一个", actor=Actor.system("test"), at=NOW)


@pytest.mark.clause("C-002")
def test_an_estate_has_a_type_and_a_branch(world, head):
    branch = actions.open_branch(world.company, code="HZ", name="杭州分公司", actor=head, at=NOW)
    estate = actions.open_estate(
        world.company, code="ZX", name="中心广场", branch=branch, type="commercial", key=uuid4(), actor=head, at=NOW
    )
    assert (estate.type, estate.branch_id, estate.get_type_display()) == ("commercial", branch.pk, "商业综合体")
    assert "ZX" in set(queries.estates(head).values_list("code", flat=True))
    with pytest.raises(estates.CodeTaken):
        actions.open_estate(world.company, code="ZX", name="重名", key=uuid4(), actor=head, at=NOW)
    with pytest.raises(estates.CodeTaken):
        actions.open_branch(world.company, code="HZ", name="又一个", actor=head, at=NOW)


def test_who_leads_one_estate_opens_no_other(world):
    with pytest.raises(NotAllowed):
        actions.open_estate(world.company, code="ZX", name="x", key=uuid4(), actor=world.li.actor, at=NOW)
    with pytest.raises(NotAllowed):
        actions.open_branch(world.company, code="HZ", name="x", actor=world.li.actor, at=NOW)
    with pytest.raises(NotAllowed):
        actions.revise_estate(world.estate, name="x", seen=1, actor=world.wang.actor, at=NOW)


def test_a_new_template_shows_every_room_anew_and_keys_stay(world, by_li):
    actions.revise_estate(world.estate, label_form="[{building}栋][{entrance}单元]{room}", seen=1, **by_li)
    flat = Place.objects.get(pk=world.flat.pk)
    assert (flat.label, flat.spoken) == ("3栋2单元1501", "3-2-1501")
    assert told(world.estate)[-1] == ("estate.EstateRevised", {"estate_id": world.estate.pk, "fields": ["label_form"]})
    assert Place.objects.get(pk=world.other_flat.pk).label == "3-2-1501"


def test_an_unusable_template_no_change_and_an_old_view_are_refused(world, by_li):
    with pytest.raises(estates.BadTemplate, match=r"要有 \{room\}"):
        actions.revise_estate(world.estate, label_form="{building}", seen=1, **by_li)
    with pytest.raises(estates.NothingChanged):
        actions.revise_estate(world.estate, name=world.estate.name, seen=1, **by_li)
    with pytest.raises(Stale):
        actions.revise_estate(world.estate, name="新名", seen=2, **by_li)
