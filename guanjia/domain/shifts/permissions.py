"""What may be done with rosters and duty."""

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.permissions import permission

VIEW = permission("shifts.view", _("查看排班与值守"))
ROSTER = permission("shifts.roster", _("编排班次"))
APPROVE = permission("shifts.approve", _("审核排班与考勤"))
STAND = permission("shifts.stand", _("签到、签退与交接班"))
