"""100,000 premises with their owners out of one workbook, against reading it, sealing its numbers and inserting the same rows.

Ours is what `guanjia import` does from the bytes of the file to the commit, the reading child included. The floor reads the
sheet with the same reader, seals and indexes each telephone and identity number with the same vault, and lets the database
copy the very rows that ours wrote from side tables without indexes into the real tables: one `INSERT … SELECT` per table.
"""

from __future__ import annotations

import io
import random
import resource
import uuid
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from django.apps import apps
from django.core.management.base import CommandError
from django.db import connection, transaction
from python_calamine import CalamineWorkbook

from guanjia.domain.intake import actions
from guanjia.domain.parties.rules import indexes
from guanjia.faces.cli.benchmarks.harness import Result, Say, alternate, cpu, scratch
from guanjia.kernel import vault
from guanjia.kernel.actor import Actor

SIZE, SAMPLE = 100_000, 300
LIMIT, FASTER, MEMORY_MB = 1.7, 40, 600
AT = datetime(2026, 11, 21, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
SYSTEM = Actor.system("guanjia bench")
HEADER = ("楼栋", "单元", "楼层", "房号", "建筑面积", "套内面积", "户型", "用途", "交付日期", "业主姓名", "业主电话", "业主证件号")
PHONE, PAPER = 10, 11
TABLES = ("estate.Place", "estate.Premises", "parties.Party", "parties.Phone", "parties.Occupancy")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def run(size: int | None, db: str, say: Say) -> Result:
    """Measure with `size` premises (100,000 unless told) and judge by the figures."""
    count = size or SIZE
    with scratch(db):
        estate = _estate()
        say(f"Writing a workbook of {count} premises with owners …")
        data = workbook(count)
        say("Importing it once, to have the rows that the floor copies …")
        first = _imported(estate, data)
        _set_aside()
        memory = _peak_mb()
        say("Measuring ours against the floor …")
        comparison = alternate(lambda: _imported(estate, data), lambda: _floor(data), rounds=3 if count > 20_000 else 5, restore=_emptied)
        say("Importing the same file again …")
        _emptied()
        _imported(estate, data)
        began = (clock := cpu())()
        if _imported(estate, data) != first or _changes(estate):
            raise CommandError("the repeat changed something")
        again = 1e6 * (clock() - began) / count
        say(f"Measuring update_or_create with {SAMPLE} premises …")
        naive = _update_or_create(estate, data, SAMPLE)
    figures = {
        f"at most {LIMIT} of the floor": comparison.ratio <= LIMIT,
        f"at least {FASTER} times update_or_create": naive / comparison.ours_us >= FASTER,
        "a repeat is no slower": again <= comparison.ours_us,
        f"at most {MEMORY_MB} MB": memory <= MEMORY_MB,
    }
    missed = [name for name, reached in figures.items() if not reached]
    return Result(
        name="import",
        size=count,
        ours_us=comparison.ours_us,
        floor_us=comparison.floor_us,
        ratio=comparison.ratio,
        spread=comparison.spread,
        verdict="noisy" if comparison.noisy else "missed" if missed else "reached",
        detail={
            "repeat_us": round(again, 2),
            "update_or_create_us": round(naive, 1),
            "times_update_or_create": round(naive / comparison.ours_us, 1),
            "peak_mb": memory,
            "missed": missed,
        },
    )


def workbook(count: int) -> bytes:
    """Return a workbook of premises in towers of two entrances, seventeen floors, four flats each, an owner to each."""
    dice = random.Random(20261121)
    surnames, given = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂"
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True, "in_memory": True}) as book:
        tab, day = book.add_worksheet("房屋"), book.add_format({"num_format": "yyyy-mm-dd"})
        tab.write_row(0, 0, HEADER)
        for number in range(count):
            row, floor = number + 1, number % 68 // 4 + 2
            tab.write_string(row, 0, str(number // 136 + 1))
            tab.write_string(row, 1, str(number % 136 // 68 + 1))
            tab.write_number(row, 2, floor)
            tab.write_string(row, 3, f"{floor}{number % 4 + 1:02d}")
            tab.write_number(row, 4, round(60 + dice.random() * 90, 2))
            tab.write_number(row, 5, round(50 + dice.random() * 9, 2))
            tab.write_string(row, 6, dice.choice(("三室两厅", "两室一厅", "四室两厅")))
            tab.write_string(row, 7, "住宅")
            tab.write_datetime(row, 8, date(2018, 6, 30) + timedelta(days=number % 300), day)
            tab.write_string(row, 9, dice.choice(surnames) + "".join(dice.choice(given) for _ in range(dice.randint(1, 2))))
            tab.write_string(row, PHONE, f"13{number * 7919 % 10**9:09d}")
            tab.write_string(row, PAPER, _paper(number))
    return buffer.getvalue()


def _paper(number: int) -> str:
    digits = f"330106{date(1950, 1, 1) + timedelta(days=number % 18_000):%Y%m%d}{number // 18_000 % 1000:03d}"
    return digits + "10X98765432"[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11]


def _estate() -> Any:
    company = apps.get_model("estate.Company").objects.create(code="bench", name="bench")
    return apps.get_model("estate.Estate").objects.create(company=company, code="BENCH", name="bench")


def _imported(estate: Any, data: bytes) -> int:
    batch = actions.receive(estate, name="bench.xlsx", data=data, judge=False, key=uuid.uuid4(), actor=SYSTEM, at=AT)
    work = actions.judge(batch, actor=SYSTEM, at=AT)
    if work is None or work.errors:
        raise CommandError("the workbook of the benchmark is not clean")
    actions.confirm(batch, skip_bad_rows=False, start_work=False, seen=batch.version, actor=SYSTEM, at=AT)
    actions.carry_out(batch, work, actor=SYSTEM, at=AT)
    return work.accepted


def _changes(estate: Any) -> dict[str, int]:
    last = apps.get_model("intake.Batch").objects.filter(estate=estate).order_by("-pk").first()
    assert last is not None
    return dict(last.counts)


def _tables() -> list[tuple[str, str]]:
    return [(apps.get_model(label)._meta.db_table, f"bench_{apps.get_model(label)._meta.db_table}") for label in TABLES]


def _set_aside() -> None:
    """Keep the finished rows in tables without indexes, as the floor's source."""
    with connection.cursor() as cursor:
        for table, aside in _tables():
            cursor.execute(f"CREATE TABLE {aside} AS SELECT * FROM {table} ORDER BY 1")


def _emptied() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in ("intake_fault", "intake_sheet", "intake_upload", "intake_batch"):
            cursor.execute(f"DELETE FROM {table}")
        for table, _aside in reversed(_tables()):
            cursor.execute(f"DELETE FROM {table}")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "CHECKPOINT")


def _floor(data: bytes) -> int:
    rows: list[list[Any]] = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    for row in rows[1:]:
        phone, paper = row[PHONE], row[PAPER]
        vault.seal(phone, context="parties.Phone.number")
        vault.seal(paper, context="parties.Party.id_number")
        indexes.phone(phone)
        indexes.phone_tail(phone)
        indexes.id_number(paper)
        indexes.id_tail(paper)
    with transaction.atomic(), connection.cursor() as cursor:
        for table, aside in _tables():
            cursor.execute(f"INSERT INTO {table} SELECT * FROM {aside}")
    return len(rows) - 1


def _update_or_create(estate: Any, data: bytes, sample: int) -> float:
    """Return µs of CPU per premises of the obvious way: one `update_or_create` per row and table, in one transaction."""
    rows: list[list[Any]] = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1 : sample + 1]
    place, premises, party, phone, occupancy = (apps.get_model(label).objects for label in TABLES)
    clock = cpu()
    began = clock()
    with transaction.atomic():
        for building, entrance, floor, room, area, inner, layout, usage, day, name, number, paper in rows:
            path = f"N{building}/{entrance}/{room}/"
            facts = {"kind": "premises", "code": room, "name": room, "label": path, "sort_key": path, "floor_label": str(int(floor))}
            flat, _ = place.update_or_create(estate=estate, path=path, ended_on=None, defaults=facts)
            facts = {
                "estate": estate,
                "area_m2": str(area),
                "inner_area_m2": str(inner),
                "layout": layout,
                "usage": usage,
                "delivered_on": day,
            }
            premises.update_or_create(place=flat, defaults=facts)
            facts = {"name": name, "id_number": paper, "id_tail_index": indexes.id_tail(paper)}
            owner, _ = party.update_or_create(estate=estate, id_index=f"n{indexes.id_number(paper)}"[:32], defaults=facts)
            facts = {"number": number, "tail_index": indexes.phone_tail(number)}
            phone.update_or_create(estate=estate, party=owner, number_index=indexes.phone(number), defaults=facts)
            occupancy.update_or_create(estate=estate, place=flat, party=owner, relation="owner", ended_on=None)
    return 1e6 * (clock() - began) / len(rows)


def _peak_mb() -> int:
    """Return the peak memory of this process and of its largest child, together, so far."""
    both = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return both // 1024
