"""Names as people of several countries bear them; made up from common first and last names."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import combining, normalize


@dataclass(frozen=True, slots=True)
class Culture:
    """How people of one country are called. `share` is their part of the customers, of 1,000."""

    country: str
    share: int
    female_salutation: str
    male_salutation: str
    female: tuple[str, ...]
    male: tuple[str, ...]
    last: tuple[str, ...]
    last_female: tuple[str, ...]


def plain(name: str) -> str:
    """A name as its bearer would write it in an e-mail address: small ASCII letters, points between."""
    romanised = _PINYIN.get(name, name).lower()
    spelled = "".join(_SPELLED.get(letter, letter) for letter in romanised)
    letters = "".join(letter for letter in normalize("NFKD", spelled) if not combining(letter))
    small = letters.lower()
    return ".".join("".join(letter if letter.isascii() and letter.isalpha() else " " for letter in small).split())


def _culture(block: str) -> Culture:
    """`country share salutation salutation`, then lists named by a word of their own; _ is a space."""
    words = [word.replace("_", " ") for word in block.split()]
    lists: dict[str, list[str]] = {"female": [], "male": [], "last": [], "last-female": []}
    into = lists["female"]
    for word in words[4:]:
        if word in lists:
            into = lists[word]
        else:
            into.append(word)
    country, share, her, him = words[:4]
    return Culture(country, int(share), her, him, *(tuple(names) for names in lists.values()))


_NAMES = """
CN 350 女士 先生
 female
    秀英 桂兰 敏 静 丽 芳 娜 艳 霞 婷 雪梅 玉珍 慧 晓燕 佳怡 欣怡 梓涵 诗涵 思琪 若曦 月华 春花
    红梅 淑贞 美玲 雅婷 文君 海燕 爱华 琳 洁 倩 颖 素云
 male
    伟 强 磊 军 洋 勇 杰 涛 明 超 建国 志强 国华 浩然 子轩 宇航 俊杰 文博 天宇 嘉豪 德明 永福
    世昌 家骏 鹏 斌 辉 峰 海波 立新 少华 一鸣
 last
    王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁
    谢 宋 唐 许 邓 冯 韩 曹 曾 彭 萧 蔡 潘 田 董 袁 于 余 叶 蒋 杜 苏
    魏 程 吕 丁 沈 任 姚
    卢 傅 钟 姜 崔 谭 陆 范 汪 欧阳 司马 诸葛

DE 220 Frau Herr
 female
    Anna Lena Katharina Sabine Ursula Birgit Heike Käthe Greta Ida Johanna Frieda Mathilde Renate Petra
    Ingrid Susanne Monika Hannelore Elke Antje Wiebke Svenja Maike Ayşe Leyla Emine Zeynep Charlotte
    Franziska Annegret Rosemarie Gisela Dörte
 male
    Jürgen Björn Thomas Stefan Jonas Lukas Matthias Uwe Heinz Günter Klaus Jörg Sören Rainer Wolfgang
    Friedrich Karl-Heinz Hans-Joachim Mehmet Emre Oğuz Kaan Tim Felix Paul Anton Emil Henning Hauke
 last
    Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter
    Klein Wolf Schröder Neumann Schwarz Zimmermann Krüger Hartmann Groß Weiß Voß Strauß Köhler Jäger Böhm
    Lüders Petersen Hansen Claußen Brandt Yılmaz Şahin Öztürk Çelik Aydın Kılıç Oberhuber-Schwarzenbacher
    Freiherr_von_Hohenfels-Wittgenstein von_der_Heide

NL 140 Mevrouw De_heer
 female
    Sanne Femke Lotte Anouk Marijke Wilhelmina Johanna Tineke Hanneke Fleur Roos Saskia Ineke Noor Zoë
    Liesbeth Margriet Renée Esmée Fenna Britt Elif Jantine Mirjam
 male
    Daan Sem Bram Jeroen Pieter Willem Maarten Joost Sjoerd Hendrik Cornelis Ruben Thijs Niels Gijs
    Wouter Koen Jörgen André Dirk Teun Bart Huub
 last
    de_Jong Jansen de_Vries van_den_Berg van_Dijk Bakker Janssen Visser Smit Meijer de_Boer Mulder
    de_Groot Bos Vos Peters Hendriks van_Leeuwen Dekker Brouwer de_Wit Dijkstra Smits de_Graaf
    van_der_Meer Kaya van_'t_Hoff van_der_Linden Kuipers Hoekstra Coppoolse van_Nieuwenhuijzen-Kruseman

FR 80 Madame Monsieur
 female
    Élodie Chloé Amélie Françoise Hélène Inès Léa Manon Océane Sylvie Geneviève Anaïs Noémie Solène
    Marie-Thérèse Camille
 male
    François Jérôme Loïc Théo Rémi Étienne Benoît Jean-Baptiste Gaël Hugo Mathis Noël Cédric Raphaël
    Aurélien
 last
    Martin Bernard Lefèvre Garçon Moreau Lemaître Béranger Fournier Girard Dupré Côté Noël Guérin Lacroix
    Lottin-Després Châtelain d'Aubigné Rousseau Besançon

PL 60 Pani Pan
 female
    Małgorzata Agnieszka Katarzyna Łucja Zofia Żaneta Bożena Elżbieta Grażyna Świętosława Hanna Magdalena
 male
    Łukasz Michał Paweł Krzysztof Stanisław Wojciech Grzegorz Zbigniew Jarosław Sławomir Rafał Mieczysław
 last
    Kowalski Wiśniewski Wójcik Kamiński Lewandowski Zieliński Szymański Dąbrowski Kozłowski Jabłoński
    Łuczak Żak Ćwik Śliwa Brzęczyszczykiewicz
 last-female
    Kowalska Wiśniewska Wójcik Kamińska Lewandowska Zielińska Szymańska Dąbrowska Kozłowska Jabłońska
    Łuczak Żak Ćwik Śliwa Brzęczyszczykiewicz

TR 20 Bayan Bay
 female
    Ayşe Fatma Elif Zeynep Şule Gülşen Çiğdem İpek Özlem Tuğba
 male
    Mehmet Oğuz İbrahim Çağlar Şükrü Umut Ömer Yiğit
 last
    Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Özdemir Arslan Doğan Kılıç Çetin Işık

SE 40 Fru Herr
 female
    Åsa Märta Linnéa Kerstin Malin Ebba Frida Ulrika Göta Saga
 male
    Björn Åke Göran Håkan Örjan Nils Lars-Göran Anders Måns Sixten
 last
    Andersson Johansson Lindström Åkesson Öberg Sjöberg Bergström Nyström Hägglund Ekström

DK 30 Fru Hr.
 female
    Søs Mette Kirsten Bodil Freja Astrid Signe Bente Rikke
 male
    Søren Jørgen Bjørn Rasmus Mads Torben Henrik Øjvind Kåre
 last
    Sørensen Jørgensen Østergaard Møller Bæk Nørgaard Kjær Højlund Ågaard Thygesen

NO 20 Fru Herr
 female
    Ingrid Sølvi Åshild Bjørg Marte Turid Gudrun
 male
    Øyvind Bjørnar Pål Håvard Gøran Sverre Torbjørn
 last
    Ødegård Bjørnson Strøm Håland Nygård Sæther Øvrebø Lie

ES 20 Señora Señor
 female
    Begoña Lucía María-José Concepción Inés Ángela Nuria Sofía
 male
    Íñigo Jesús Andrés Ramón Óscar Sebastián Martín
 last
    Muñoz Núñez Peña Ibáñez García_Márquez Ordóñez López_de_la_Calle Cañizares

GB 20 Ms Mr
 female
    Siân Harriet Niamh Zoë Eleanor Priya Beatrice Imogen
 male
    Oliver Seán Rhys Alastair Arjun Hugh Callum
 last
    O'Neill Smith Brontë-Clarke Fotheringham Patel MacDonald Llewellyn Okonkwo
"""
CULTURES = tuple(_culture(block) for block in _NAMES.strip().split("\n\n"))
CHINESE = CULTURES[0]

_ROMANISED = """
王:wang 李:li 张:zhang 刘:liu 陈:chen 杨:yang 黄:huang 赵:zhao 吴:wu 周:zhou 徐:xu 孙:sun 马:ma 朱:zhu 胡:hu
郭:guo 何:he 林:lin 高:gao 罗:luo 郑:zheng 梁:liang 谢:xie 宋:song 唐:tang 许:xu 邓:deng 冯:feng 韩:han 曹:cao
曾:zeng 彭:peng 萧:xiao 蔡:cai 潘:pan 田:tian 董:dong 袁:yuan 于:yu 余:yu 叶:ye 蒋:jiang 杜:du 苏:su 魏:wei
程:cheng 吕:lü 丁:ding 沈:shen 任:ren 姚:yao 卢:lu 傅:fu 钟:zhong 姜:jiang 崔:cui 谭:tan 陆:lu 范:fan 汪:wang
欧阳:ouyang 司马:sima 诸葛:zhuge 秀英:xiuying 桂兰:guilan 敏:min 静:jing 丽:li 芳:fang 娜:na 艳:yan 霞:xia
婷:ting 雪梅:xuemei 玉珍:yuzhen 慧:hui 晓燕:xiaoyan 佳怡:jiayi 欣怡:xinyi 梓涵:zihan 诗涵:shihan 思琪:siqi
若曦:ruoxi 月华:yuehua 春花:chunhua 红梅:hongmei 淑贞:shuzhen 美玲:meiling 雅婷:yating 文君:wenjun 海燕:haiyan
爱华:aihua 琳:lin 洁:jie 倩:qian 颖:ying 素云:suyun 伟:wei 强:qiang 磊:lei 军:jun 洋:yang 勇:yong 杰:jie 涛:tao
明:ming 超:chao 建国:jianguo 志强:zhiqiang 国华:guohua 浩然:haoran 子轩:zixuan 宇航:yuhang 俊杰:junjie 文博:wenbo
天宇:tianyu 嘉豪:jiahao 德明:deming 永福:yongfu 世昌:shichang 家骏:jiajun 鹏:peng 斌:bin 辉:hui 峰:feng
海波:haibo 立新:lixin 少华:shaohua 一鸣:yiming
"""
_PINYIN = dict(pair.split(":") for pair in _ROMANISED.split())
_SPELLED = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "æ": "ae", "ø": "oe", "ł": "l", "ı": "i"}
