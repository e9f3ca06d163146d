"""Sheets of people: 业主/住户, 车辆, 员工."""

from __future__ import annotations

from guanjia.domain.parties.states import PartyKind, Relation
from guanjia.domain.staff.states import CertificateKind

from .. import identities
from ..cells import choice, code, day, share, text
from ..describe import Column, Sheet
from .columns import NOTE, where
from .places import offered

RELATIONS = {
    Relation.OWNER.value: ("业主", "户主", "产权人", "房主", "业主本人", "本人"),
    Relation.JOINT_OWNER.value: ("共有人", "共同业主", "共有产权人", "配偶（共有）"),
    Relation.TENANT.value: ("租户", "租客", "承租人", "商户", "租赁"),
    Relation.FAMILY.value: (
        "家属",
        "家庭成员",
        "亲属",
        "配偶",
        "妻子",
        "丈夫",
        "妻",
        "夫",
        "父亲",
        "母亲",
        "父母",
        "子女",
        "儿子",
        "女儿",
        "爱人",
    ),
    Relation.OCCUPANT.value: ("使用人", "住户", "实际使用人", "同住人", "保姆"),
    Relation.EMERGENCY.value: ("紧急联系人", "紧急联络人"),
}
KINDS = {
    PartyKind.PERSON.value: ("个人", "自然人"),
    PartyKind.FIRM.value: ("单位", "公司", "企业", "法人", "机构"),
    PartyKind.BODY.value: ("外部机构", "业委会", "居委会"),
}
CERTIFICATES = {
    CertificateKind.PROPERTY.value: ("物业管理上岗证", "物业管理师", "物业经理证", "项目经理证"),
    CertificateKind.GUARD.value: ("保安员证", "保安证", "保安员上岗证"),
    CertificateKind.FIRE_CONTROL.value: (
        "消防设施操作员证",
        "消防设施操作员",
        "建（构）筑物消防员",
        "建构筑物消防员",
        "消防证",
        "消防监控证",
    ),
    CertificateKind.LIFT.value: ("电梯安全管理员证", "电梯安全管理员", "电梯管理员证", "特种设备安全管理员证"),
    CertificateKind.ELECTRICIAN.value: ("低压电工作业证", "低压电工证", "电工证", "高压电工作业证", "电工操作证"),
    CertificateKind.BOILER.value: ("锅炉作业证", "司炉证", "锅炉证"),
    CertificateKind.HEIGHT.value: ("高处作业证", "登高证", "高空作业证"),
    CertificateKind.WATER.value: ("二次供水健康证", "供水健康证"),
    CertificateKind.HEALTH.value: ("健康证",),
    CertificateKind.DRIVING.value: ("驾驶证", "驾照"),
    CertificateKind.OTHER.value: ("其他证书", "其他", "其它"),
}

RESIDENTS = Sheet(
    "residents",
    "业主住户",
    (
        *where(),
        Column("name", "姓名", identities.name, ("业主姓名", "住户姓名", "客户名称", "客户姓名", "名称", "业主名称", "业主", "住户", "产权人", "姓名/名称"), required=True, example="刘桂芳"),
        Column("relation", "身份", choice(RELATIONS, "身份"), ("关系", "与业主关系", "住户类型", "客户类型", "住户关系", "身份类型", "人员类型"), example="业主", rule="不填按业主", choices=offered(RELATIONS), few=True),
        Column("kind", "个人/单位", choice(KINDS, "个人/单位"), ("业主类型", "客户性质", "产权人类型"), example="个人", rule="不填按个人；证件是信用代码的按单位", choices=offered(KINDS), few=True),
        Column("id_number", "证件号码", identities.identity, ("身份证号", "身份证", "身份证号码", "证件号", "证件编号", "信用代码", "统一社会信用代码"), example="", rule="列设为文本，18 位身份证会核对校验位", as_text=True, width=22),
        Column("phone", "电话", identities.phones, ("联系电话", "手机", "手机号", "手机号码", "移动电话", "联系方式", "电话号码", "业主电话"), example="13800001111", rule="多个号码用 / 隔开，最多 5 个", as_text=True, width=18),
        Column("share", "份额", share, ("产权份额", "产权比例", "所占份额"), example="100%", rule="业主才填；同一户合计不超过 100%", few=True),
        Column("began_on", "入住日期", day(month_means="first"), ("起始日期", "开始日期", "入伙日期", "起租日期", "登记日期", "入户日期"), example="2018-09-01", rule="只写年月按当月 1 日"),
        Column("ended_on", "迁出日期", day(), ("结束日期", "截止日期", "到期日期", "退租日期", "迁离日期", "租约到期"), example="", rule="当天起不再居住；还在住的不填"),
        NOTE,
    ),
    names=("业主", "住户", "业主信息", "住户信息", "业主资料", "业主/住户", "客户信息", "业主档案", "租户", "家庭成员"),
    marks=("room", "name"),
    purpose="谁是哪一户的业主、共有人、租户、家属、紧急联系人。一人一户一行。",
)  # fmt: skip

VEHICLES = Sheet(
    "vehicles",
    "车辆",
    (
        Column("plate", "车牌号", identities.plate, ("车牌", "车牌号码", "车辆号牌", "号牌"), required=True, example="浙A8K213", as_text=True),
        *where(required=False),
        Column("name", "车主姓名", identities.name, ("车主", "姓名", "业主姓名", "使用人", "业主", "联系人"), example="刘桂芳"),
        Column("phone", "联系电话", identities.phones, ("电话", "手机", "手机号", "手机号码", "车主电话", "联系方式"), example="13800001111", as_text=True, width=16),
        Column("zone", "车位区域", code(20), ("车库", "停车区", "停车场"), example="B1", few=True, as_text=True),
        Column("space", "车位号", code(40), ("车位", "车位编号", "泊位号"), example="217", as_text=True),
        Column("model", "品牌车型", text(40), ("车型", "品牌", "车辆品牌", "车辆型号", "品牌型号", "车辆类型"), example="大众 朗逸 白", few=True),
        Column("began_on", "登记日期", day(), ("起始日期", "开始日期", "办理日期"), example="2024-01-01"),
        Column("ended_on", "截止日期", day(), ("到期日期", "结束日期", "有效期至"), example=""),
        NOTE,
    ),
    names=("车辆信息", "车辆登记", "车辆台账", "车辆档案"),
    marks=("plate",),
    purpose="住户登记的车辆。车牌加密保存，只按车牌或后三位找得到。",
)  # fmt: skip

STAFF = Sheet(
    "staff",
    "员工",
    (
        Column("number", "工号", code(20), ("员工编号", "员工号", "编号", "人员编号"), required=True, example="G0012", as_text=True),
        Column("name", "姓名", identities.name, ("员工姓名", "名字"), required=True, example="王海涛"),
        Column("department", "部门", text(40), ("所属部门", "部门名称"), example="工程部", rule="没有的部门会新建", few=True),
        Column("post", "岗位", text(60), ("职务", "职位", "岗位名称"), required=True, example="维修人员", rule="必须是“人员与岗位”里已有的岗位", few=True),
        Column("phone", "手机", identities.phones, ("电话", "联系电话", "手机号", "手机号码"), example="13900002222", as_text=True, width=16),
        Column("hired_on", "入职日期", day(), ("到岗日期", "入司日期", "上岗日期"), required=True, example="2023-03-01"),
        Column("left_on", "离职日期", day(), ("离岗日期",), example=""),
        Column("certificate", "证书名称", choice(CERTIFICATES, "证书名称"), ("证书", "资格证书", "上岗证", "证件名称", "证书类型"), example="低压电工作业证", choices=offered(CERTIFICATES), few=True),
        Column("certificate_number", "证书编号", code(60), ("证书号", "证号"), example="T3301021990", as_text=True),
        Column("issued_on", "发证日期", day(), ("取证日期",), example="2023-05-01"),
        Column("expires_on", "证书到期", day(month_means="last"), ("证书有效期", "有效期至", "到期日期", "复审日期"), example="2029-05-01", rule="只写年月按当月最后一天"),
        NOTE,
    ),
    names=("人员", "员工信息", "员工花名册", "花名册", "人员信息", "员工名册"),
    marks=("number", "name", "post"),
    purpose="本项目的员工与岗位。多本证书：另起一行重写工号。",
)  # fmt: skip
