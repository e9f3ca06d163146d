"""Addresses as people write them, floors as buttons show them, templates as estates want them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.domain.estate.rules import addresses, floors, labels, texts
from guanjia.domain.estate.rules.addresses import Address

FIRST = {
    "3-2-1501": Address("1501", "2", "3"),
    "3栋2单元1501": Address("1501", "2", "3"),
    "3#2-1501": Address("1501", "2", "3"),
    "３－２－１５０１": Address("1501", "2", "3"),
    "３栋２单元１５０１室": Address("1501", "2", "3"),
    "3 - 2 - 1501": Address("1501", "2", "3"),
    "3.2.1501": Address("1501", "2", "3"),
    "3—2—0301": Address("0301", "2", "3"),
    "3幢2梯1501": Address("1501", "2", "3"),
    "3号楼二单元1501室": Address("1501", "2", "3"),
    "三号楼2门1501": Address("1501", "2", "3"),
    "十二栋301": Address("301", "", "12"),
    "3号1501室": Address("1501", "", "3"),
    "3#1501": Address("1501", "", "3"),
    "3楼1501": Address("1501", "", "3"),
    "A座1203": Address("1203", "", "A"),
    "a-1203": Address("1203", "", "A"),
    "3号楼B座1501": Address("1501", "B", "3"),
    "听涛阁-1501": Address("1501", "", "听涛阁"),
    "3-2单元1501": Address("1501", "2", "3"),
    "3栋2-1501": Address("1501", "2", "3"),
    "1期3-2-1501": Address("1501", "2", "3", phase="1"),
    "一期3栋2单元1501": Address("1501", "2", "3", phase="1"),
    "东区3号楼1501": Address("1501", "", "3", phase="东"),
    "1-3-2-1501": Address("1501", "2", "3", phase="1"),
    "120弄3号1501室": Address("1501", "", "3", phase="120"),
    "锦和苑小区3栋2单元1501": Address("1501", "2", "3"),
    "3栋2单元15层01": Address("1501", "2", "3", floor="15"),
    "3-2-15-01": Address("1501", "2", "3", floor="15"),
    "3-2-3A01": Address("3A01", "2", "3"),
    "3-2--101": Address("B101", "2", "3"),
    "负101": Address("B101"),
    "1501": Address("1501"),
    "1501附1": Address("1501附1"),
    "2单元1501": Address("1501", "2"),
    "3栋": Address("", "", "3"),
    "3栋2单元15楼": Address("", "2", "3", floor="15"),
    "8号别墅": Address("8", kind=addresses.VILLA),
    "别墅8": Address("8", kind=addresses.VILLA),
    "V8": Address("V8"),
    "12号院": Address("", "", "12"),
    "商铺12": Address("12", kind=addresses.SHOP),
    "12号商铺": Address("12", kind=addresses.SHOP),
    "底商3-12": Address("12", "", "3", kind=addresses.SHOP),
    "车位B1-217": Address("217", floor="B1", kind=addresses.PARKING),
    "负一层217车位": Address("217", floor="B1", kind=addresses.PARKING),
    "地下车位217": Address("217", kind=addresses.PARKING),
    "储藏室B1-05": Address("05", floor="B1", kind=addresses.STORAGE),
    "3-2-1501/1601": Address("1501", "2", "3", also="1601"),
    "3栋2单元1501复式": Address("1501", "2", "3"),
}


@pytest.mark.parametrize(("text", "meaning"), FIRST.items())
def test_the_likeliest_meaning_of_an_address(text, meaning):
    assert addresses.readings(text)[0] == meaning


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("3-2-1501", [("", "3", "2", "1501"), ("3", "2", "", "1501")]),
        ("3-1501", [("", "3", "", "1501"), ("", "", "3", "1501")]),
        ("1-3-2-1501", [("1", "3", "2", "1501"), ("", "1", "3", "1501")]),
        ("3楼1501", [("", "3", "", "1501"), ("", "", "", "1501")]),
        ("8号", [("", "8", "", ""), ("", "", "", "8")]),
    ],
)
def test_an_ambiguous_short_form_keeps_every_meaning(text, meanings):
    found = [(each.phase, each.building, each.entrance, each.room) for each in addresses.readings(text)]
    assert found == meanings


@pytest.mark.parametrize("text", ["", "   ", "刘桂芳", "lgf", "大堂", "13800002607", "粤B12345", "-", "###", "3-2-1501-7-8-9-1", "x" * 200])
def test_what_is_no_address_has_no_meaning(text):
    assert addresses.readings(text) == ()


def test_an_estate_says_what_three_parts_mean():
    assert addresses.readings("3-2-1501", order=("phase", "building", "room"))[0] == Address("1501", "", "2", phase="3")


def test_room_codes_are_text():
    assert addresses.room_part("0301") == "0301" != addresses.room_part("301")
    assert addresses.part("03") == addresses.part("3") == "3"
    assert addresses.room_part("-101") == addresses.room_part("负101") == addresses.room_part("Ｂ101室") == "B101"


digits = st.integers(1, 40).map(str)
rooms = st.tuples(st.integers(1, 33), st.integers(1, 12)).map(lambda pair: f"{pair[0]}{pair[1]:02d}")


@given(building=digits, entrance=digits, room=rooms)
def test_every_shown_form_reads_back(building, entrance, room):
    said = {"building": building, "entrance": entrance, "room": room}
    for template in (
        labels.SHORT,
        "[{building}栋][{entrance}单元]{room}",
        "[{building}号楼][{entrance}单元]{room}室",
        "[{building}#][{entrance}-]{room}",
    ):
        address = addresses.readings(labels.show(template, said))[0]
        assert address.spoken == labels.spoken(said)


@given(st.text(max_size=60))
def test_nothing_typed_breaks_the_reader(text):
    for address in addresses.readings(text):
        assert address.room or address.building or address.entrance or address.floor
    texts.natural(text)
    floors.floor(text)


@pytest.mark.parametrize(
    ("template", "parts", "shown"),
    [
        (labels.SHORT, {"building": "3", "entrance": "2", "room": "1501"}, "3-2-1501"),
        (labels.SHORT, {"building": "8", "room": "101"}, "8-101"),
        (labels.SHORT, {"room": "B1-217"}, "B1-217"),
        ("[{building}栋][{entrance}单元]{room}", {"building": "3", "room": "1501"}, "3栋1501"),
        (
            "[{phase}期][{building}号楼][{entrance}单元]{room}室",
            {"phase": "1", "building": "3", "entrance": "2", "room": "301"},
            "1期3号楼2单元301室",
        ),
    ],
)
def test_a_template_shows_what_is_there(template, parts, shown):
    assert labels.show(template, parts) == shown


@pytest.mark.parametrize(
    ("template", "wrong"),
    [
        (labels.SHORT, []),
        ("[{building}栋", ["brackets", "no_room"]),
        ("{building}{room}{tower}", ["unknown"]),
        ("{building}", ["no_room"]),
        ("{room}{room}", ["twice"]),
    ],
)
def test_a_template_that_cannot_be_used_is_named(template, wrong):
    assert labels.faults(template) == wrong


def test_places_sort_as_people_count():
    names = ["10", "2", "B1", "1", "3A", "B2", "3", "4", "A"]
    assert sorted(names, key=texts.natural) == ["B2", "B1", "1", "2", "3", "3A", "4", "10", "A"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("15", "15"),
        ("15F", "15"),
        ("15层", "15"),
        ("3A", "3A"),
        ("B1", "B1"),
        ("-1F", "B1"),
        ("负一层", "B1"),
        ("地下2层", "B2"),
        ("3.5层", "3.5"),
        ("3夹层", "3.5"),
        ("G", "1"),
        ("首层", "1"),
        ("夹层", "1.5"),
        ("１２Ａ", "12A"),
        ("B1夹层", "B1.5"),
    ],
)
def test_a_floor_label_is_read(text, label):
    assert floors.floor(text).label == label


@pytest.mark.parametrize("text", ["", "大堂", "A1", "1234", "B0", "3-2"])
def test_what_is_no_floor_is_none(text):
    assert floors.floor(text) is None


def test_the_label_of_a_floor_is_not_its_height():
    labelled = ["B2", "B1", "1", "2", "3", "3A", "5", "12", "12A", "15"]
    counted = [-2, -1, 1, 2, 3, 4, 5, 6, 7, 8]
    assert floors.physical(labelled) == dict(zip(labelled, map(Decimal, counted), strict=True))


def test_a_half_floor_counts_half_and_skips_nothing():
    assert floors.physical(["1", "1.5", "2", "大堂"]) == {"1": Decimal(1), "1.5": Decimal("1.5"), "2": Decimal(2)}


@pytest.mark.parametrize(
    ("room", "label"),
    [
        ("1501", "15"),
        ("0301", "3"),
        ("301", "3"),
        ("3A01", "3A"),
        ("B101", "B1"),
        ("-101", "B1"),
        ("12A02", "12A"),
        ("1501A", "15"),
        ("S12", ""),
        ("8", ""),
        ("前厅", ""),
        ("0001", ""),
    ],
)
def test_a_room_code_tells_its_floor(room, label):
    assert floors.floor_of_room(room) == label


@pytest.mark.parametrize(
    ("numeral", "value"), [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("一百零一", 101), ("一二", 12), ("两", 2)]
)
def test_chinese_numerals(numeral, value):
    assert texts.number(numeral) == value


def test_digits_run_together_keep_their_order():
    assert labels.run_together({"building": "03", "entrance": "2", "room": "1501"}) == addresses.compact("321501") == "321501"


def test_the_columns_of_a_place_follow_from_its_codes():
    chain = [("phase", "1"), ("building", "03"), ("entrance", "2"), ("floor", "15"), ("premises", "1501")]
    keys = labels.keys(chain)
    assert (keys.label, keys.spoken, keys.compact, keys.path) == ("03-2-1501", "3-2-1501", "321501", "1/03/2/15/1501/")
    assert keys.sort_key == "00000001/00000003/00000002/00000015/00001501"
    space = labels.keys([("floor", "B1"), ("parking", "B1-217")])
    assert (space.label, space.spoken, space.compact) == ("B1-217", "B1-217", "B1217")
    assert labels.keys(chain[:2]).spoken == "3"
    assert labels.keys(chain[:3]).spoken == "3-2"
