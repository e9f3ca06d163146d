"""What may be done with other people's accounts."""

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.permissions import permission

MANAGE = permission("accounts.manage", _("开通与停用账号"))
