"""What may be done with members and posts."""

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.permissions import permission

VIEW = permission("staff.view", _("查看员工"))
EDIT = permission("staff.edit", _("维护员工与任职"))
POSTS = permission("staff.posts", _("设定岗位与权限"))
DEPUTISE = permission("staff.deputise", _("安排代班"))
