"""What may be done with places, equipment, meters, checkpoints and grids."""

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.permissions import permission

VIEW = permission("estate.view", _("查看房屋"))
EDIT = permission("estate.edit", _("维护房屋与设备"))
OCCUPY = permission("estate.occupy", _("登记房屋使用状态"))
INSPECT = permission("estate.inspect", _("登记设备检验"))
METERS = permission("estate.meters", _("维护水电表"))
GRIDS = permission("estate.grids", _("划分网格"))
SETUP = permission("estate.setup", _("设置小区与楼栋"))
EXPORT = permission("estate.export", _("导出房屋与设备"))
