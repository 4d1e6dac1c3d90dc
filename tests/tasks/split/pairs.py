"""Invented paragraphs in both languages, from which pages are composed."""

PAIRS = (
    (
        "往返于芦浦与白沙岛之间的末班渡轮周四恢复航行，此前它因为一只海豹停了七天。",
        "The last ferry between Lupu and Baisha Island was back in service on Thursday, seven days after a seal had put it out of action.",
    ),
    (
        "海豹爬上了船尾的甲板，睡在绞盘旁边。港务处说，没有人愿意把它叫醒。",
        "The animal had climbed onto the stern deck and gone to sleep beside the winch. Nobody, the harbour office said, was willing to wake it.",
    ),
    (
        "“我开了二十六年船，头一回被乘客占了我的位子。”船长袁伯舟说。",
        "“In 26 years at the wheel I have never lost my seat to a passenger before,” said Captain Yuan Bozhou.",
    ),
    (
        "岛上的三百多名居民只好改坐早班船，学校也把放学时间提前了四十分钟。",
        "More than 300 islanders had to take the morning boat instead, and the school let its pupils go 40 minutes early.",
    ),
    (
        "渡轮公司估计损失约为九万元，但表示不会索赔。",
        "The ferry company puts its loss at about 90,000 yuan but says it will not ask anyone for the money.",
    ),
    (
        "周三夜里，海豹自己下了水。船长把它睡过的地方用油漆画了个圈。",
        "On Wednesday night the seal slid back into the water by itself. The captain has painted a circle round the place where it slept.",
    ),
    (
        "外婆的针线盒是一只饼干筒，盖子上的小猫已经磨得看不见了。",
        "My grandmother kept her needles in a biscuit tin whose painted kitten had long been rubbed away.",
    ),
    (
        "她从不扔掉一粒纽扣。她说，衣服会旧，纽扣不会。",
        "She never threw away a button. Clothes grow old, she used to say, but buttons do not.",
    ),
    (
        "我小时候最爱做的事，是把它们全倒在床单上，按颜色排队。",
        "What I liked best as a child was to pour them all out on the sheet and line them up by colour.",
    ),
    (
        "有一粒是深蓝色的，带着一点点锚的花纹，没有第二粒和它一样。",
        "One of them was dark blue, with the faint shape of an anchor, and there was no other like it.",
    ),
    (
        "我问她那是谁的，她低头穿针，半天没有说话。",
        "I asked her whose it was; she bent over her thread and for a long time did not speak.",
    ),
    (
        "后来我才听母亲讲，外婆年轻时等过一个水手，等了三年。",
        "It was my mother who told me, much later, that as a girl she had waited for a sailor, and waited three years.",
    ),
    (
        "如今饼干筒在我的书架上。那粒纽扣，我没有缝到任何一件衣服上。",
        "The tin stands on my bookshelf now. I have not sewn that button onto anything.",
    ),
    (
        "禾木机器人今日发布第二代采茶机HM-2，采摘速度是上一代的两倍，售价为18.6万元。",
        "Hemu Robotics today launched the HM-2, its second tea-picking machine, which works twice as fast as the first and sells for 186,000 yuan.",
    ),
    (
        "新机器配备四台摄像头，可以分辨一芽一叶和一芽两叶，误采率低于3%。",
        "Four cameras let the machine tell a bud with one leaf from a bud with two, and fewer than 3% of its picks are wrong.",
    ),
    (
        "公司创始人梁可川表示，茶农最关心的不是快，而是不伤芽。",
        "Tea growers care less about speed than about not bruising the buds, said founder Liang Kechuan.",
    ),
    (
        "自去年10月以来，HM-2已在三个省的12个茶园试用，累计采摘鲜叶41吨。",
        "Since last October the HM-2 has been tried in 12 gardens in three provinces, where it has picked 41 tonnes of fresh leaves.",
    ),
    (
        "每台机器由两人操作，充电一次可以工作六小时。",
        "Two people operate each machine, which runs for six hours on one charge.",
    ),
    (
        "首批200台将于明年春茶季之前交付。",
        "The first 200 will be delivered before the spring season next year.",
    ),
    (
        "青岩女足周日在点球大战中以5比4击败卫冕冠军北堤队，队史上首次打进决赛。",
        "Qingyan beat the holders Beidi 5-4 on penalties on Sunday to reach the final for the first time in the club's history.",
    ),
    (
        "双方在120分钟内战成1比1。北堤队第31分钟先进一球，青岩队在伤停补时阶段扳平。",
        "It was 1-1 after 120 minutes. Beidi scored in the 31st; Qingyan levelled in stoppage time.",
    ),
    (
        "门将费小禾扑出了对手的第三个和第五个点球。",
        "Goalkeeper Fei Xiaohe saved the third and the fifth penalty.",
    ),
    (
        "“我一个也没猜，我看的是她们的脚。”费小禾赛后说。",
        "“I did not guess once. I watched their feet,” Fei said afterwards.",
    ),
    (
        "决赛将于9月12日在省体育中心举行，对手是南津队。",
        "The final, against Nanjin, will be played at the provincial sports centre on September 12.",
    ),
    (
        "山里的邮差从不着急。路就那么长，急也急不短。",
        "The postman of the hills is never in a hurry. The road is as long as it is, and hurrying will not shorten it.",
    ),
    (
        "他在每户门口都要坐一会儿，喝口水，听人说说庄稼和孩子。",
        "At every door he sits for a while, drinks some water and listens to talk of crops and children.",
    ),
    (
        "有人嫌他送得慢，他就笑：“慢一点，坏消息也慢一点。”",
        "When someone complains he only smiles. “If I am slow,” he says, “then so is bad news.”",
    ),
    (
        "今年春天，山里通了网络，信一下子少了。他照旧每天出门。",
        "This spring the network reached the hills, and all at once there were few letters. He still sets out every day.",
    ),
    (
        "包里空着的地方，他用来装别人托他捎的盐、药和针线。",
        "Where his bag is empty he carries what people ask him to bring: salt, medicine, needles and thread.",
    ),
    (
        "一项发表在《行为学年鉴》上的研究显示，乌鸦能够记住谁在交换中占了便宜，至少能记两个月。",
        "Crows can remember who cheated them in an exchange for at least two months, according to a study in the Annals of Behaviour.",
    ),
    (
        "研究人员训练了九只乌鸦，让它们用瓶盖换取奶酪。三名实验员公平交易，另外三名拿了瓶盖就走。",
        "The researchers taught nine crows to swap bottle caps for cheese. Three of the experimenters traded fairly; three others took the caps and left.",
    ),
    (
        "一个月后，鸟儿仍然只找诚实的人。两个月后，九只里还有八只如此。",
        "After one month the birds would still deal only with the honest ones. After two months eight of the nine did so.",
    ),
    (
        "“它们还会警告同伴，”论文第一作者、滨海大学的荣菲尔说，“没参加过实验的乌鸦也躲着那几个人。”",
        "“They warn the others, too,” said lead author Rong Feier of Binhai University. “Crows that had never been in the experiment kept away from those people.”",
    ),
    (
        "一名实验员说，他现在上班要走另一条路。",
        "One of the experimenters says he now takes a different way to work.",
    ),
)
