"""The bottom bar of the field face."""

from django.utils.translation import gettext_lazy as _

from guanjia.faces.kit.navigation import Entry, register

register(
    "field",
    [
        Entry("/field/today/", _("我的一天"), "sun"),
        Entry("/field/workorders/", _("工单"), "list-check"),
        Entry("/field/scan/", _("扫码"), "scan"),
        Entry("/field/messages/", _("消息"), "message"),
        Entry("/field/me/", _("我的"), "user"),
    ],
)
