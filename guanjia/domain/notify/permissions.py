"""What may be done with messages."""

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.permissions import permission

VIEW = permission("notify.view", _("查看通知发送情况"))
EDIT = permission("notify.edit", _("设置通知渠道与模板"))
