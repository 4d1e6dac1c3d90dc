"""Invented sentences that the tests of this folder share."""

SIMPLIFIED = (
    "东江市今年第三季度经济增长百分之四点二，高于预期。",
    "“这是一个很好的开始。”市长在记者会上表示。",
    "新建的铁路将在明年三月通车，全长一百二十公里。",
    "专家认为，这项研究对医疗、教育和环境都有重要意义；",
    "公司去年的收入是１２，８００万元（约合3.5%的增长）！",
    "他们从2019年开始在这个地区种植水稻，产量提高了两成。",
    "问题是什么时候能够解决？现在还没有人知道……",
)
TRADITIONAL = (
    "東江市今年第三季度經濟增長百分之四點二，高於預期。",
    "「這是一個很好的開始。」市長在記者會上表示。",
    "新建的鐵路將在明年三月通車，全長一百二十公里。",
    "專家認為，這項研究對醫療、教育和環境都有重要意義；",
    "公司去年的收入是一萬二千八百萬元（約合3.5%的增長）！",
    "他們從2019年開始在這個地區種植水稻，產量提高了兩成。",
    "問題是甚麼時候能夠解決？現在還沒有人知道……",
)
ENGLISH = (
    "The city’s economy grew 4.2% in the third quarter, more than expected.",
    "“This is a very good start,” the mayor said — twice — at a press conference.",
    "A new railway of 120 kilometres will open next March…",
    "Experts at the café said the study cost £3 million.",
    "They have grown rice in the region since 2019; harvests rose by a fifth.",
)
