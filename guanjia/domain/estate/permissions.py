"""What may be done with places and equipment."""

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.permissions import permission

VIEW = permission("estate.view", _("查看房屋"))
EDIT = permission("estate.edit", _("维护房屋与设备"))
