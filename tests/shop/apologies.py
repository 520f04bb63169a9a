"""What the sample shop's people said and did about complaints: words of their own for each step."""

from __future__ import annotations

TOLD = {
    "attitude": "Stood at the counter for ten minutes; nobody looked up.",
    "slow-response": "Asked how to wash it, and had six days of silence for an answer.",
    "quality": "The seam opened in the second wash, along the whole side.",
    "delivery-speed": "The birthday was on Sunday, the parcel there on Thursday.",
    "courier-attitude": "The parcel stood in the rain, and the van was gone before the door was open.",
    "added-value": "The gift box came without a card, and without a word.",
}
"""Listening: the customer's words told again."""

TALKED = (
    "She had come from the other end of town, with her mother.",
    "It was meant for his parents' golden wedding.",
    "She does not want money; she wants us to know.",
    "He laughed about it in the end, and I with him.",
    "The little one was asleep, so we spoke softly.",
    "She told me how long she had saved for it.",
    "He has been buying from us since the first shop, and says it was never like this.",
)
"""Talking: what one only hears from who is asked."""

SORRY = {
    "attitude": (
        "I was the one behind that counter. I saw you and did not say good day, and I am ashamed of it.",
        "You came to us and nobody greeted you. In our house that must not happen, and it was my watch.",
        "Ten minutes are long when one is looked through. Forgive us; I would have left after five.",
    ),
    "slow-response": (
        "Your question lay on my desk under a roll of linen. That is no excuse, only what happened, and I am sorry.",
        "Six days for one sentence about water! I would be cross too, and I apologise with all my heart.",
        "You asked before the first wash, as one should, and we left you standing at the machine. I am sorry.",
    ),
    "quality": (
        "A seam of ours has no business opening. I sewed the pattern myself, and it hurts me to see it.",
        "You trusted our stitching and it let you down. I am truly sorry, for the quilt and for the evening.",
        "I held your cover against the light and was embarrassed. We should have seen it before you did.",
    ),
    "delivery-speed": (
        "A present after the cake is half a present. I am sorry that we let you stand there with empty hands.",
        "We had promised you the Saturday. I counted the days wrongly, and you paid for it; please forgive me.",
        "Your grandson's birthday will not come again this year, and I can't bring it back. I am so sorry.",
    ),
    "courier-attitude": (
        "Nobody should find wet cardboard on their own doorstep. We chose that driver, so the blame is ours.",
        "He was rude to you in our name. I have asked myself all day how to put this right, and I am sorry.",
        "You ran down four flights for a van that was gone. I apologise, and so does the one who packed it.",
    ),
    "added-value": (
        "I wrote the card, and then I left it lying beside the scissors. What a pity, and what a fool I was.",
        "A gift box without a word in it is only a box. You were right to expect more, and I am sorry.",
        "You had told me whom it was for, and I let it go out bare. I regret that, for you and for her.",
    ),
}  # fmt: skip
"""Apologising: never the same words twice to two people who may know each other."""

CLOSING = (
    "May I call you tomorrow, when you have had your tea?",
    "Thank you for telling me instead of turning away.",
    "I shall stay with it until you say that it is well.",
    "My own mother would have scolded me, and rightly.",
    "You will not need to remind me a second time.",
    "Whatever you decide, I understand it.",
    "Please keep my number beside the telephone.",
    "If you like, tell me about that day from the beginning.",
    "It stays on my table, in front of me, till it is mended.",
    "I read your letter aloud to all of us this morning.",
    "For the trouble of writing, too: forgive us.",
)
"""How an apology ends."""

MECHANICAL = (
    "We sincerely apologise for any inconvenience caused. Your satisfaction is very important to us, and we thank you "
    "for your understanding."
)
"""What nobody wrote with a customer in mind."""

CHINESE = (
    "您问的那句话在我桌上压了六天，是我疏忽了，心里一直过意不去。头一回下水之前您就来问，是您细心，"
    "倒是我们让您守着洗衣盆干等。"
)

DRIVER = (
    "The driver spoke to you as nobody should speak to a guest of ours, and he did it in our name. I have told his "
    "house so this morning, and I beg your pardon."
)
DRIVER_AGAIN = (
    "The driver spoke to you as nobody should speak to a guest of ours, and he did it in our name. I have told his "
    "boss so this morning, and I do beg your pardon."
)
"""Two that are nearly the same."""

CAUSES = {
    "attitude": "One of us alone at noon, two at table, and the telephone rang.",
    "slow-response": "The letter went to the box of somebody on leave; nobody reads it for her.",
    "quality": "The thread of that bobbin was too thin for the weight of the filling.",
    "delivery-speed": "The van was loaded on Monday, though the label was printed on Friday.",
    "courier-attitude": "A new driver with ninety stops; the rain cover was missing.",
    "added-value": "Gift orders are packed at two tables, and cards lie on only one of them.",
}
"""Analysing: what went wrong, told again so that the customer can say yes."""

EXPLAINED = (
    "Told her just so, without adding anything.",
    "Explained it on the telephone; he asked twice and then understood.",
    "Wrote two lines about it, with a drawing.",
    "She knew such noons from her own work.",
)
"""Explaining."""

MENDED = {
    "attitude": "From now on two of us stand in front at noon; I am there on Saturdays.",
    "slow-response": "Answered all her questions, and the box has a second reader now.",
    "quality": "Fetched it, sewed the whole side anew with the strong thread, and brought it back.",
    "delivery-speed": "Sent a second one ahead by hand; the late one goes back at our cost.",
    "courier-attitude": "Dried, pressed and packed anew; another courier brought it.",
    "added-value": "Wrote the card by hand and sent it after, in an envelope of its own.",
}
"""The fair solution."""

CONTENT = (
    "All is well again, she says.",
    "He is content, and said so twice.",
    "She thanked us for listening to the end.",
    "Content with the outcome; asked nothing more of us.",
)
NOT_CONTENT = "Not content, although we tried; heard our final opinion."
"""The result."""

OPINIONS = (
    "We stand by the mending and can't take it back after a year of use. Thank you for telling us your mind.",
    "A new one is more than we can do. I understand that you see it otherwise, and thank you for your frankness.",
    "The courier stays, because where you live there is no other. Thank you; we have told them every word.",
    "It was our mistake, and this is what we can offer for it. Thank you for your patience with us.",
)
"""The house's final opinion, and thanks for the customer's."""

ASKED_AGAIN = (
    "Called a week later: the seam holds, and she sends greetings.",
    "Met him in the shop. All well; he brought his sister.",
    "Wrote a card; an answer came, with a photograph.",
    "Called. She has not forgotten it, but she has forgiven it.",
    "He ordered again, and we packed it ourselves.",
)
"""Feedback."""

LESSONS = {
    "attitude": "At noon the counter is never left alone. Whoever telephones looks up and nods.",
    "slow-response": "Each box has two readers. Who is on leave says so, and who answers instead.",
    "quality": "Heavy fillings take the strong thread, also where the pattern says otherwise.",
    "delivery-speed": "A present has a day. Ask for it, write it on the label, and send two days before.",
    "courier-attitude": "When rain is forecast, parcels get the waxed cover before they leave the house.",
    "added-value": "Lay the card into the box first and the goods on top: then no box goes out without one.",
}
"""What the house learnt from a complaint of each kind, without a name."""

OLD_LESSONS = (
    "A seam is looked at under the lamp before the parcel is closed.",
    "Who waits is told how long. Two words are enough, and a glance costs nothing.",
    "A promise of a day is made by the one who packs, not by the one who sells.",
    "Where a letter asks two things, the answer has two parts.",
)
"""From the years before there was a desk."""
