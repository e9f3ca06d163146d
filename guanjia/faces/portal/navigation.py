"""The bottom bar of the portal."""

from django.utils.translation import gettext_lazy as _

from guanjia.faces.kit.navigation import Entry, register

register(
    "portal",
    [
        Entry("/portal/", _("首页"), "home-2"),
        Entry("/portal/requests/", _("我的事项"), "list-check"),
        Entry("/portal/messages/", _("消息"), "message"),
        Entry("/portal/me/", _("我的"), "user"),
    ],
)
