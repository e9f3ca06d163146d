"""Names of people and firms: one spelling, pinyin initials with every reading, a sorting key. Pure.

Not for judging whether somebody exists: any non-empty name without control characters is somebody's.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

from django.utils.translation import gettext as _
from pypinyin.pinyin_dict import pinyin_dict

from guanjia.kernel.errors import Refusal

LONGEST = 64
# A firm's name has a dozen characters, many with two readings; past this many spellings nobody types them.
MOST_SPELLINGS = 24
INITIALS_OF = 12

# Dots that people type where a name of several parts has U+00B7.
_DOTS = "\u2022\u2027\u2219\u22c5\u25cf\u30fb\uff65\u0387\u2e31\u16eb\u2024"
_SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

# Readings that the general dictionary lacks, all of them of surnames.
_MORE_READINGS = {
    "谌": "shen",
    "黑": "he",
    "秘": "bi",
    "过": "guo",
    "洗": "xian",
    "要": "yao",
    "覃": "qin tan",
    "郗": "chi xi",
    "宓": "fu mi",
}

# The reading a surname sorts under. One that is not here sorts under its first reading.
_SINGLE = """
单:shan 解:xie 曾:zeng 仇:qiu 查:zha 区:ou 盖:ge 朴:piao 召:shao 缪:miao 乐:yue 覃:qin 折:she 员:yun 种:chong 逄:pang 佴:nai 冼:xian 洗:xian
那:na 谌:chen 郇:xun 句:gou 翟:zhai 繁:po 莘:shen 祭:zhai 牟:mu 黑:he 秘:bi 会:gui 瞿:qu 阙:que 相:xiang 行:xing 要:yao 於:yu 占:zhan
长:zhang 訾:zi 藏:zang 薄:bo 卜:bu 重:chong 石:shi 车:che 强:qiang 盛:sheng 粘:nian 殷:yin 尹:yin 隗:wei 葛:ge 贾:jia 宿:su 适:kuo 俞:yu
都:du 哈:ha 郗:xi 柏:bai 沈:shen 夏:xia 鲜:xian 咸:xian 万:wan 余:yu 燕:yan 任:ren 宁:ning 应:ying 华:hua 纪:ji 费:fei 参:shen 幺:yao 么:yao
"""
_DOUBLE = """
尉迟:yu-chi 万俟:mo-qi 令狐:ling-hu 长孙:zhang-sun 澹台:tan-tai 单于:chan-yu 皇甫:huang-fu 诸葛:zhu-ge 钟离:zhong-li 鲜于:xian-yu
夏侯:xia-hou 拓跋:tuo-ba 尔朱:er-zhu 宰父:zai-fu 呼延:hu-yan 乐正:yue-zheng 漆雕:qi-diao 南宫:nan-gong 东方:dong-fang 上官:shang-guan
"""
_SURNAMES = dict(pair.split(":") for pair in _SINGLE.split())
_DOUBLE_SURNAMES = {pair.split(":")[0]: pair.split(":")[1].split("-") for pair in _DOUBLE.split()}


class BadName(Refusal):
    """The text cannot be a name."""

    code, field = "bad_name", "name"


def clean(text: str) -> str:
    """Return the one spelling in which a name is kept, compared and searched.

    Full-width letters become plain ones, every kind of middle dot becomes `·`, spaces around Chinese characters go and
    other runs of spaces become one. Characters beyond the basic plane and compatibility forms are kept as they came.

    Raises BadName for an empty name, a control or unassigned character, or more than 64 characters.
    """
    name = unicodedata.normalize("NFC", text).translate(_FULL_WIDTH)
    for dot in _DOTS:
        name = name.replace(dot, "·")
    name = _SPACES.sub(" ", name).strip(" ·")
    name = "".join(_without_idle_spaces(name))
    name = re.sub(r"·+", "·", name)
    if not name:
        raise BadName(_("请填写姓名或名称"))
    if len(name) > LONGEST:
        raise BadName(_("名称最多 %(most)d 个字") % {"most": LONGEST})
    if any(unicodedata.category(char) in {"Cc", "Cs", "Cn"} for char in name):
        raise BadName(_("名称里有无法识别的字符，请重新输入"))
    return name


def columns(text: str) -> dict[str, str]:
    """Return the three columns in which tables keep a name: `name`, `initials`, `sort_key`. Raises BadName."""
    name = clean(text)
    return {"name": name, "initials": initials(name), "sort_key": sort_key(name)}


def initials(name: str) -> str:
    """Return every spelling of the name in pinyin initials, each with a blank before it: `" sgf dgf cgf"` for 单桂芳.

    Letters and digits stand for themselves at the beginning of a word. Search with `initials__contains=" " + typed`
    to match from the beginning of any spelling.
    """
    letters = [options for options in _letters_of(name) if options][:INITIALS_OF]
    if not letters:
        return ""
    spellings = dict.fromkeys("".join(choice) for choice in islice(product(*letters), MOST_SPELLINGS))
    return "".join(f" {spelling}" for spelling in spellings)


def sort_key(name: str) -> str:
    """Return a key that orders names as a printed list does: by syllables without tones, then by the characters."""
    double = _DOUBLE_SURNAMES.get(name[:2])
    syllables = list(double or ())
    for place, char in enumerate(name[len(syllables) :], start=len(syllables)):
        if place == 0 and char in _SURNAMES:
            syllables.append(_SURNAMES[char])
        elif char.isalnum():
            syllables.append((_readings(char) or (char.lower(),))[0])
    return " ".join(syllables)[:128]


def _letters_of(name: str) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    inside_word = False
    for char in name:
        readings = _initials_of(char)
        if readings:
            found.append(readings)
            inside_word = False
        elif char.isalnum():
            if not inside_word or char.isdigit():
                found.append((char.lower(),))
            inside_word = not char.isdigit()
        else:
            inside_word = False
    return found


@lru_cache(maxsize=32768)
def _initials_of(char: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading[0] for reading in _readings(char)))


@lru_cache(maxsize=32768)
def _readings(char: str) -> tuple[str, ...]:
    """Return the toneless readings of one Chinese character, the commonest first; none for anything else."""
    marked = pinyin_dict.get(ord(char), "") if len(char) == 1 else ""
    plain = [_toneless(reading) for reading in marked.split(",") if reading]
    more = _MORE_READINGS.get(char, "").split()
    preferred = [_SURNAMES[char]] if char in _SURNAMES and _SURNAMES[char] not in plain else []
    return tuple(dict.fromkeys(reading for reading in (*plain, *more, *preferred) if reading))


def _toneless(reading: str) -> str:
    bare = "".join(char for char in unicodedata.normalize("NFD", reading.replace("ü", "v")) if "a" <= char <= "z")
    return "e" if reading and not bare else bare


def _is_han(char: str) -> bool:
    return ord(char) in pinyin_dict or "\u2e80" <= char <= "\u9fff" or char >= "\U00020000"


def _without_idle_spaces(name: str) -> list[str]:
    kept: list[str] = []
    for place, char in enumerate(name):
        if char == " ":
            before, after = name[place - 1], name[place + 1]
            if _is_han(before) or _is_han(after) or "·" in (before, after):
                continue
        kept.append(char)
    return kept
