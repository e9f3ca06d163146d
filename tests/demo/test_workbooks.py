"""The demo's workbooks: the same seed gives the same bytes, and the people in them are nobody."""

import hashlib
from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from guanjia.demo import houses, workbooks
from guanjia.demo.households import households
from guanjia.demo.invent import Inventor
from guanjia.domain.parties.rules import plates
from guanjia.kernel import identity, phones

TODAY = date(2026, 11, 21)


def written(folder, seed="1"):
    estate = houses.jinheyuan()
    inventor = Inventor(f"{seed} {estate.code}")
    homes = list(households(estate, inventor, TODAY))
    path = folder / f"{seed}.xlsx"
    workbooks.write(path, estate, homes, inventor, TODAY)
    return path


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(tmp_path):
    first = digest(written(tmp_path / "a"))
    assert digest(written(tmp_path / "b")) == first
    assert digest(written(tmp_path / "c", seed="2")) != first


@pytest.mark.parametrize(("estate", "count"), [(houses.jinheyuan(), 1286), (houses.yuntingli(), 308), (houses.wanchuan(), 147)])
def test_the_estates_have_the_premises_they_are_said_to_have(estate, count):
    labels = [flat.label for flat in estate.flats()]
    assert (len(labels), len(set(labels))) == (count, count)


def test_every_paper_phone_and_plate_is_sound_and_nobody_s(tmp_path):
    estate = houses.jinheyuan()
    homes = list(households(estate, Inventor(f"1 {estate.code}"), TODAY))
    people = [who for home in homes for who in home.residents]
    papers = [who.id_number for who in people if who.kind == "个人" and who.id_number]
    credit = [who.id_number for who in people if who.kind == "单位"]
    numbers = [who.phone for who in people if who.phone]
    cars = [plate for home in homes for plate in home.cars]

    assert [paper for paper in papers if not mod_11_2.is_valid(paper) or identity.judge(paper).kind != "resident"] == []
    assert {paper[:6] for paper in papers} == {"100000"}
    assert [code for code in credit if not uscc.is_valid(code)] == []
    assert [number for number in numbers if phones.clean(number) != number] == []
    assert {number[:3] for number in numbers} == {"160", "161", "163", "164", "168", "169"}
    assert [plate for plate in cars if plates.judge(plate).text != plate] == []
    assert {plate[:2] for plate in cars} == {"浙X"}


def test_the_workbook_looks_like_what_people_bring(tmp_path):
    book = CalamineWorkbook.from_path(str(written(tmp_path)))
    assert book.sheet_names == ["楼栋单元", "房屋", "业主住户", "车位", "车辆", "收费标准", "期初欠费", "水电表", "设备"]
    premises = book.get_sheet_by_name("房屋").to_python()
    assert premises[0][0] == "锦和苑房屋"
    assert premises[1][4] == "房号"
    assert premises[-1][:2] == ["合计", "1286 户"]
    assert len(premises) == 2 + 1286 + 1
