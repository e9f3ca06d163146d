"""Kinds of parties, relations to places, and the other short lists of this app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartyKind(TextChoices):
    """A natural person, a firm, or a body that the estate deals with (业委会, 居委会, 派出所 …)."""

    PERSON = "person", _("个人")
    FIRM = "firm", _("单位")
    BODY = "body", _("外部机构")


class ClientType(TextChoices):
    """What a client uses the premises for."""

    RESIDENT = "resident", _("居住的居民")
    OFFICE = "office", _("办公的企业")
    SHOP = "shop", _("经商的商铺")


class Relation(TextChoices):
    """What somebody is to premises."""

    OWNER = "owner", _("业主")
    JOINT_OWNER = "joint_owner", _("共有人")
    TENANT = "tenant", _("租户")
    FAMILY = "family", _("家属")
    OCCUPANT = "occupant", _("使用人")
    EMERGENCY = "emergency", _("紧急联系人")


OWNERS = frozenset({Relation.OWNER, Relation.JOINT_OWNER})
"""Relations that carry a share of the property."""


class NeedKind(TextChoices):
    """What whoever goes there must know before ringing the bell."""

    LIVES_ALONE = "lives_alone", _("独居老人")
    HEARING = "hearing", _("听力不便")
    SIGHT = "sight", _("视力不便")
    MOBILITY = "mobility", _("行动不便")
    ILLNESS = "illness", _("疾病")
    PREGNANT = "pregnant", _("孕产妇")
    CHILD = "child", _("婴幼儿")
    ANIMAL = "animal", _("家有犬只")
    LANGUAGE = "language", _("语言不通")
    OTHER = "other", _("其他")


class Topic(TextChoices):
    """What a preference is about."""

    CONTACT_WAY = "contact_way", _("联系方式")
    CONTACT_TIME = "contact_time", _("联系时间")
    SALUTATION = "salutation", _("称呼")
    SERVICE = "service", _("服务习惯")
    TABOO = "taboo", _("忌讳")
    OTHER = "other", _("其他")


class VehicleKind(TextChoices):
    """What stands in the space."""

    CAR = "car", _("汽车")
    MOTORCYCLE = "motorcycle", _("摩托车")
    EBIKE = "ebike", _("电动自行车")
    OTHER = "other", _("其他")


class Species(TextChoices):
    """What kind of pet."""

    DOG = "dog", _("犬")
    CAT = "cat", _("猫")
    BIRD = "bird", _("鸟")
    OTHER = "other", _("其他")


class Purpose(TextChoices):
    """What personal data is processed for."""

    SERVICE = "service", _("物业服务")
    GREETING = "greeting", _("生日祝福与关怀")
    MARKETING = "marketing", _("商业推广")
    FACE = "face", _("人脸识别门禁")
    SURVEY = "survey", _("满意度调查")
    SHARING = "sharing", _("向第三方提供")
    OTHER = "other", _("其他")


class Basis(TextChoices):
    """Why the law allows it (个人信息保护法 第十三条、第二十九条)."""

    CONTRACT = "contract", _("履行合同所必需")
    CONSENT = "consent", _("本人同意")
    SEPARATE = "separate", _("单独同意")
    DUTY = "duty", _("法定义务")
    EMERGENCY = "emergency", _("紧急情况")


class RevealPurpose(TextChoices):
    """Why somebody needs a number in full; kept in the trail."""

    CONTACT = "contact", _("联系办事")
    EMERGENCY = "emergency", _("紧急情况")
    VERIFY = "verify", _("核对身份")
    DUNNING = "dunning", _("催缴费用")
    CORRECTION = "correction", _("更正资料")
    AUTHORITY = "authority", _("依法提供给有关部门")


class Fact(TextChoices):
    """What a steward should know about a household."""

    RESIDENTS = "residents", _("住户名单")
    PHONE = "phone", _("联系电话")
    EMERGENCY = "emergency", _("紧急联系人")
    NEEDS = "needs", _("特殊需求")
    PREFERENCES = "preferences", _("偏好")
    VEHICLES = "vehicles", _("车辆")
    PETS = "pets", _("宠物")
    TYPE = "type", _("客户类型")


class Manner(TextChoices):
    """How a fact was confirmed."""

    VISIT = "visit", _("上门")
    PHONE = "phone", _("电话")
    DESK = "desk", _("前台")
    MESSAGE = "message", _("微信")
    RECORD = "record", _("登记资料")
