"""What may be done with people's data."""

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.permissions import permission

VIEW = permission("parties.view", _("查看住户（遮掩号码）"))
EDIT = permission("parties.edit", _("维护住户资料"))
REVEAL = permission("parties.reveal", _("查看完整号码"))
NEEDS = permission("parties.needs", _("查看服务提醒"))
MERGE = permission("parties.merge", _("合并重复住户"))
FAMILIARITY = permission("parties.familiarity", _("查看与设定客户熟悉度"))
