"""What may be done with work orders."""

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.permissions import permission

VIEW = permission("workorders.view", _("查看工单"))
OPEN = permission("workorders.open", _("开工单"))
DISPATCH = permission("workorders.dispatch", _("派单"))
WORK = permission("workorders.work", _("接单与施工"))
SETTLE = permission("workorders.settle", _("回单与对单"))
CANCEL = permission("workorders.cancel", _("取消工单"))
