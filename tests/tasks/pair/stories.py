"""A few short news stories in both languages, written for the tests."""

STORIES = [
    (
        "中央银行周四宣布将基准利率上调25个基点至4.75%,这是今年以来的第三次加息。行长表示,通货膨胀仍高于2%的目标,"
        "能源价格和工资上涨是主要原因。分析师预计年底前还会再加息一次。消息公布后,股市下跌1.3%,货币兑美元升值。"
        "房地产开发商警告说,更高的抵押贷款成本会打击住房需求。",
        "The central bank said on Thursday it would raise its benchmark interest rate by 25 basis points to "
        "4.75%, its third increase this year. The governor said inflation was still above the 2% target, mainly "
        "because of rising energy prices and wages. Analysts expect one more rate rise before the end of the "
        "year. Stocks fell 1.3% after the announcement and the currency strengthened against the dollar. "
        "Property developers warned that higher mortgage costs would hurt demand for housing.",
    ),
    (
        "一场7.1级地震星期日凌晨袭击了该岛国北部海岸,造成至少86人死亡,数千人无家可归。救援人员正在倒塌的学校和"
        "医院废墟中寻找幸存者。政府宣布进入紧急状态,并呼吁国际社会提供帐篷、药品和饮用水。海啸警报在两小时后解除。"
        "地质学家说,未来几天可能发生强烈余震。",
        "A magnitude 7.1 earthquake struck the northern coast of the island nation early on Sunday, killing at "
        "least 86 people and leaving thousands homeless. Rescue workers searched for survivors in the rubble of "
        "collapsed schools and hospitals. The government declared a state of emergency and appealed to the "
        "international community for tents, medicine and drinking water. A tsunami warning was lifted two hours "
        "later. Geologists said strong aftershocks were possible in the coming days.",
    ),
    (
        "这家电池制造商计划投资32亿欧元在匈牙利建造一座工厂,2027年投产后每年可为60万辆电动汽车供应电池。"
        "公司首席执行官说,欧洲汽车公司希望缩短供应链。当地居民担心工厂的用水量和废水污染,上周有2000人参加了抗议。"
        "环境部长承诺公布全部检测结果。",
        "The battery maker plans to invest 3.2 billion euros in a factory in Hungary that will supply batteries "
        "for 600,000 electric cars a year once production starts in 2027. Its chief executive said European "
        "carmakers wanted shorter supply chains. Residents are worried about the plant's water use and polluted "
        "waste water, and 2,000 of them joined a protest last week. The environment minister promised to publish "
        "all test results.",
    ),
    (
        "王志强教授领导的研究小组在《自然》杂志上报告说,他们发现一种海洋细菌产生的酶能在室温下分解塑料瓶。"
        "实验中,这种酶在48小时内分解了90%的聚酯样品。王志强说,离工业应用还有很长的路,但回收成本有望减半。",
        "A research team led by Professor Wang Zhiqiang reports in the journal Nature that it has found an enzyme, "
        "made by marine bacteria, which breaks down plastic bottles at room temperature. In experiments the enzyme "
        "broke down 90% of polyester samples within 48 hours. Industrial use is a long way off, Wang said, but the "
        "cost of recycling could be halved.",
    ),
]

UNRELATED = [
    (
        "en",
        "The goalkeeper saved two penalties in the shootout as the home side reached the semi-finals of the cup "
        "for the first time since 1988. The coach praised his young squad.",
    ),
    (
        "zh",
        "博物馆新展出了一批唐代陶瓷,其中一件蓝釉花瓶是首次公开展示。展览持续到十月底,学生凭证免费参观。",
    ),
]
