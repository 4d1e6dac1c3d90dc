"""Made-up stories for pages of tests: what stands around them is the subject."""

#: Title and body of each story.
STORIES = {
    "bridge": (
        "澜溪老桥重新亮灯，守桥人等了三十一年",
        "澜溪老桥的路灯上周六重新亮了起来，守桥人何满仓站在桥头数了两遍，一共四十六盏。",
        "这座桥建成于1958年，三十一年前因为船只撞坏了供电线路而熄灯，此后夜里过桥的人只能打手电。",
        "镇里今年拨出二十八万元更换线路，电工们在桥下的小船上干了十九天，何满仓天天给他们送水。",
    ),
    "birds": (
        "种了十年的沙枣林，终于留住了候鸟",
        "沙枣林在石羊滩的北边，面积不到两平方公里，十年前那里只有风，护林员每年春天补种一次。",
        "死一棵补一棵，到今年活下来的有一万一千多株，观鸟的志愿者在林子里记录到二十三种候鸟。",
        "其中有六种是第一次出现，志愿者们说，鸟是会记路的，只要林子还在，明年它们还会来。",
    ),
    "canteen": (
        "社区食堂涨价两元，老人们为什么不生气",
        "北仓社区食堂的午餐从八元涨到十元，通知贴出来的那天，没有一个老人去找负责人。",
        "食堂负责人说，他们把每一笔菜钱都写在门口的黑板上，大家看得见，也就没有什么可说的。",
        "今年前八个月，食堂的亏损从每月一万四千元降到三千元，七十九岁的鲁阿姨每天都来吃饭。",
    ),
    "ferry": (
        "末班渡輪停駛前夜，船長多繞了一圈",
        "末班渡輪在晚上十點二十分離開碼頭，船上坐了六十三名乘客，比平日多了三倍。",
        "船長游世昌在這條航線開了二十二年，他說自己閉著眼睛也知道哪裡有暗流，哪裡有沙洲。",
        "新的跨海大橋下個月通車，渡輪公司決定不再續約，那一晚渡輪在港內多繞了一圈才靠岸。",
    ),
    "bus": (
        "Village library reopens in a former bus",
        "The library in Thornmere closed four years ago, when its roof came down in a storm.",
        "On Saturday it opened again in a green bus that used to run between village and station.",
        "The bus holds 1,900 books, and there is a waiting list for the seat behind the driver.",
    ),
    "marsh": (
        "Salt marsh returns after sea wall is breached",
        "Engineers cut the sea wall at Hollin Point in 2019 and let in the tide for the first time.",
        "Five years on, the salt marsh covers 140 hectares, and farmers graze sheep above it.",
        "The cost was 3.1 million, less than a third of what a new wall would have taken.",
    ),
    "trains": (
        "Night trains find passengers again, but not enough drivers",
        "Night trains between the two capitals ran 94 percent full in July, the operator said.",
        "Yet one train in six was cancelled because there were not enough drivers to run it.",
        "Training a driver takes eleven months, and the railway has places for only 60 a year.",
    ),
    "well": (
        "古井停水十年后，水位一夜回升两米",
        "云溪县的这口古井停水十年，上个月的一个早晨，村民打水时发现水位回升了两米。",
        "水务局派人连续测了七天，测得的水位一天比一天高，最后稳定在井口以下一米四。",
        "专家认为，这与上游三年前停止抽取地下水有关，村里的老人却说是井自己想通了。",
    ),
    "night": (
        "凌晨四点的菜市场，比写字楼更懂这座城",
        "凌晨四点，菜市场的灯已经全亮了，第一批货车从江边的大桥上下来，排成一列。",
        "何不眠在这里卖了十六年豆腐，她说写字楼里的人天亮才来，来的时候好豆腐早就没有了。",
        "市场明年要搬到三十公里以外，摊主们还没有商量好去不去，大桥那时也要开始收费。",
    ),
    "fish": (
        "禁渔第三年，江口的渔民等到了第一网刀鱼",
        "江口的禁渔已经进入第三年，科研人员上周在试捕中捕到十一条刀鱼，最大的一条重三两。",
        "渔民们站在岸上看，没有人说话，他们上一次见到这么大的刀鱼还是十二年以前。",
        "试捕之后，所有的鱼都放回了江里，放鱼的时候，有个老渔民把帽子摘了下来。",
    ),
    "temple": (
        "百年廟口的鐘樓修好了，敲鐘的人卻退休了",
        "台南的這座廟口有一座百年鐘樓，去年因為木樑腐朽而停用，上個月終於修好。",
        "修復工程花了一千二百萬元，木匠從倉庫裡找到當年的圖紙，才知道鐘樓少了一根橫樑。",
        "敲鐘三十年的廟公在完工前一天退休，他說手已經舉不起來，鐘還是要有人敲。",
    ),
    "pool": (
        "Council to close outdoor pool despite record summer",
        "The outdoor pool in Harrowgate will close in March, the council decided by nine votes to six.",
        "More than 41,000 people swam in it last summer, a record, but the boiler needs replacing.",
        "Opponents of the decision have collected 7,300 signatures and say they will go to court.",
    ),
    "seed": (
        "The vault that forgot its seeds",
        "For eleven years nobody opened the seed vault under the old mint at Skelby.",
        "When they did, they found 2,140 jars of seeds, and no list that said what was in them.",
        "Botanists have since grown a third of them; one turned out to be a barley thought lost.",
    ),
    "strike": (
        "Ferry crews end strike after owners agree to pay rise",
        "Ferry crews went back to work on Thursday after 23 days, the longest strike in forty years.",
        "The owners agreed to a pay rise of 8 percent over two years and to shorter shifts in winter.",
        "Passengers had been taken across by fishing boats, which charged as much as they liked.",
    ),
}
