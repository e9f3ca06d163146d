"""Who may read the record of acts."""

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.permissions import permission

VIEW = permission("trail.view", _("查看操作日志"))
