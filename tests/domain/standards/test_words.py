"""Params in the words of the desk."""

import pytest

from guanjia.domain.standards.rules import params, words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("times=1;per=month", "每月"),
        ("times=3;per=week;at_least=1", "每周 ≥3 次"),
        ("times=2;per=day", "每日 2 次"),
        ("times=1;per=day;every=2", "隔日"),
        ("times=1;per=week;every=2", "每 2 周"),
        ("times=1;per=half_month;months=6-9", "6–9 月 每半月"),
        ("times=1;per=month;due_day=5", "每月 5 日前"),
        ("coverage=24h", "24 小时"),
        ("groups=3;hours_per_shift=8;coverage=24h", "24 小时，8 小时一班"),
        ("after_days=15", "每 15 天"),
        ("rotation=主任,助理", "轮流当值"),
        ("minutes=30;from=report;to=arrival", "30 分钟"),
        ("minutes=120;from=report;to=arrival", "2 小时"),
        ("minutes=4320;from=registration;to=feedback", "3 天"),
        ("days=7;from=repair_completion;to=return_visit", "7 天"),
        ("max_rings=3;from=call_in;to=answer", "铃响 3 声内"),
        ("deadline=same_day;from=return;to=notify", "当天"),
        (">=98%;metric=public_lighting_intact_rate", "≥98%"),
        ("<=3min;metric=private_call_minutes", "≤3min"),
        ("coverage=24h;metric=lift_uptime", "24 小时"),
        ("interval=configurable", ""),
        ("script=您好!", ""),
    ],
)
def test_what_the_params_say(text, said):
    assert words.frequency(params.parse(text)) == said
