"""What may be done with requests."""

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.permissions import permission

VIEW = permission("requests.view", _("查看受理事项"))
OPEN = permission("requests.open", _("受理登记"))
HANDLE = permission("requests.handle", _("处理与答复"))
JUDGE = permission("requests.judge", _("判定投诉是否有效"))
CLOSE = permission("requests.close", _("办结与重开"))
