"""The console's menus. An entry appears when its address exists and the person holds its permission."""

from django.utils.translation import gettext_lazy as _

from guanjia.faces.kit.navigation import Entry, register

register(
    "console",
    [
        Entry("/", _("工作台"), "layout-dashboard"),
        Entry("/desk/", _("服务台"), "headset", also=("/requests/", "/workorders/", "/visits/")),
        Entry("/dispatch/", _("派单"), "layout-kanban"),
        Entry("/places/", _("房屋"), "building", also=("/parties/", "/meters/", "/keys/", "/handover/", "/renovation/")),
        Entry("/equipment/", _("设备"), "engine", also=("/checkpoints/",)),
        Entry("/rounds/", _("巡检"), "calendar-event", also=("/safety/", "/shifts/")),
        Entry("/billing/", _("收费"), "receipt-yuan"),
        Entry("/standards/", _("履约"), "clipboard-data"),
        Entry("/quality/", _("驾驶舱"), "chart-line"),
        Entry("/community/", _("社区"), "speakerphone", also=("/convenience/", "/gate/", "/knowledge/")),
    ],
)
register("console-end", [Entry("/settings/", _("设置"), "settings")])
register(
    "settings",
    [
        Entry("/settings/estates/", _("小区与楼栋"), "building-community", "estate.view"),
        Entry("/settings/people/", _("人员与岗位"), "users", "staff.view"),
        Entry("/settings/plans/", _("服务标准"), "books", "standards.view"),
        Entry("/settings/intake/", _("导入导出"), "database-import", "intake.import"),
        Entry("/settings/trail/", _("操作日志"), "history", "trail.view"),
        Entry("/settings/account/", _("我的账号"), "fingerprint"),
    ],
)
register(
    "places",
    [Entry("/places/", _("房屋"), "building", "estate.view"), Entry("/parties/", _("住户"), "users", "parties.view")],
)
register("me", [Entry("/settings/account/", _("账号与登录"), "fingerprint"), Entry("/field/today/", _("现场"), "device-mobile")])
register("standards", [Entry("/standards/", _("条款库"), "books"), Entry("/standards/month/", _("本月"), "calendar-stats")])
