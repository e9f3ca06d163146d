"""What may be done with service plans and what they make due."""

from django.utils.translation import gettext_lazy as _

from guanjia.kernel.permissions import permission

VIEW = permission("standards.view", _("查看服务标准"))
ADOPT = permission("standards.adopt", _("采用与调整服务方案"))
RECORD = permission("standards.record", _("记录应做完成"))
ASSIGN = permission("standards.assign", _("指派应做"))
EXCUSE = permission("standards.excuse", _("批准免做与撤销"))
