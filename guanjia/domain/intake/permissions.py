"""What may be done with files that people bring."""

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.permissions import permission

RUN = permission("intake.import", _("导入表格"))
UNDO = permission("intake.undo", _("撤销导入"))
