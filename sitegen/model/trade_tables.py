"""Declare the tables of trade: orders and their lines, products and prices, points, coupons, loans, referrals."""

from __future__ import annotations

from sitegen.model.column import Column, Kind, Table

_HABITS = "what products the customer purchases, habits of purchase, frequency ... and quantity of purchase"
_TRANSACTIONS = "order, consultation, return, complaint, service request, etc."
_REFERRAL = "New customers brought by old customers"
_CLOSEST = "best to let the shopping guide who has the closest relationship ... send the message directly"
_KEPT = "price rises -> goods not yet collected keep old price; price falls -> goods taken but unsold re-marked"
_UMBRELLA = "provide an umbrella after collecting a deposit"

ORDERS = Table(
    "orders",
    "What was bought, one row an order",
    ("order_id",),
    (
        Column("order_id", Kind.TEXT, "the order's number", required=True),
        Column("customer_id", Kind.TEXT, "who bought", required=True, refers_to="customers"),
        Column("store_id", Kind.TEXT, "where", refers_to="stores"),
        Column("adviser_id", Kind.TEXT, "who served the customer", refers_to="advisers", source=_CLOSEST),
        Column("ordered_at", Kind.DATE, "day of the order", required=True, source=_TRANSACTIONS),
        Column(
            "amount",
            Kind.MONEY,
            "what the customer paid, after discount",
            unit="currency",
            required=True,
            source="Anyone who has placed an order in our store",
        ),
        Column(
            "profit",
            Kind.MONEY,
            "amount less the cost of the goods",
            unit="currency",
            source="80% of the profits ... by 20% of the customers",
        ),
        Column("channel", Kind.TEXT, "the way in which it was ordered", allowed=("shop", "web", "phone")),
        Column(
            "courier",
            Kind.TEXT,
            "who carried it; empty where it was taken along",
            source="changing the express delivery or increasing the express delivery options",
        ),
        Column(
            "rush",
            Kind.YES_NO,
            "the customer asked for speed",
            source="pay attention to the order, check the logistics information",
        ),
        Column(
            "delivered_on",
            Kind.DATE,
            "day on which the customer signed for it",
            source="check the logistics information that it has been signed",
        ),
        Column(
            "status",
            Kind.TEXT,
            "how far it is",
            source=_TRANSACTIONS,
            allowed=("paid", "sent", "delivered", "returned", "cancelled"),
        ),
        Column(
            "gift",
            Kind.YES_NO,
            "wrapped for a third person",
            source="if an old customer wants to give it as a gift",
        ),
        Column(
            "rating",
            Kind.INTEGER,
            "the buyer's evaluation, empty where there is none",
            unit="stars of 5",
            source="good, positive evaluations or do not give comments",
        ),
    ),
    customer="customer_id",
    day="ordered_at",
)


ORDER_LINES = Table(
    "order_lines",
    "The goods of an order",
    ("order_id", "line"),
    (
        Column("order_id", Kind.TEXT, "the order", required=True, refers_to="orders"),
        Column("line", Kind.INTEGER, "number of the line, from 1", required=True),
        Column("product_id", Kind.TEXT, "what", required=True, refers_to="products", source=_HABITS),
        Column("quantity", Kind.INTEGER, "how many", unit="pieces", required=True, source=_HABITS),
        Column(
            "price",
            Kind.MONEY,
            "price of one piece, after discount",
            unit="currency",
            required=True,
            source=_HABITS,
        ),
        Column(
            "collected_on",
            Kind.DATE,
            "day on which the customer collected it; empty: with the order's delivery",
            source=_KEPT,
        ),
        Column(
            "unsold",
            Kind.INTEGER,
            "how many of them the customer, who sells on, has not sold yet, as last reported",
            unit="pieces",
            source=_KEPT,
        ),
    ),
    customer="order.customer_id",
    day="order.ordered_at",
)


PRODUCTS = Table(
    "products",
    "The goods of the shop",
    ("product_id",),
    (
        Column("product_id", Kind.TEXT, "the product's number", required=True),
        Column("name", Kind.TEXT, "name in English", required=True),
        Column("name_zh", Kind.TEXT, "name in Chinese"),
        Column(
            "group",
            Kind.TEXT,
            "kind of goods: linen, throws, beads",
            source="very receptive to the related products",
        ),
        Column("price", Kind.MONEY, "list price", unit="currency", required=True),
        Column("cost", Kind.MONEY, "cost of one piece", unit="currency"),
        Column("launched_on", Kind.DATE, "first day on sale", source="or even new products"),
        Column(
            "stock",
            Kind.INTEGER,
            "pieces in stock",
            unit="pieces",
            source="the express is fast and the goods are in stock",
        ),
        Column("care", Kind.TEXT, "slug of the care page", source="washing precautions and storage methods"),
    ),
)


PRICE_CHANGES = Table(
    "price_changes",
    "New list prices of products: rows are added, never changed",
    ("product_id", "day"),
    (
        Column("product_id", Kind.TEXT, "what", required=True, refers_to="products", source=_KEPT),
        Column("day", Kind.DATE, "first day of the new price", required=True, source=_KEPT),
        Column("price", Kind.MONEY, "list price from then on", unit="currency", required=True, source=_KEPT),
        Column("former", Kind.MONEY, "list price until then; empty: that of the row before", unit="currency"),
    ),
)


POINTS_KINDS = ("earned", "pending", "active", "spent", "expired", "corrected")

POINTS = Table(
    "points",
    "The points ledger: rows are added, never changed",
    ("customer_id", "entry"),
    (
        Column("customer_id", Kind.TEXT, "whose", required=True, refers_to="customers"),
        Column("entry", Kind.INTEGER, "number of the row in the customer's ledger, from 1", required=True),
        Column("day", Kind.DATE, "day", required=True),
        Column(
            "points",
            Kind.INTEGER,
            "signed: above zero for what is earned, pending or becomes active, below it for what is spent or expired,"
            " for corrections and pending points that are taken back either",
            unit="points",
            required=True,
            source="the separation of services and discounts",
        ),
        Column(
            "kind",
            Kind.TEXT,
            "what happened: earned counts at once, pending waits until a row of the kind active repeats it",
            required=True,
            allowed=POINTS_KINDS,
        ),
        Column(
            "reason",
            Kind.TEXT,
            "for what, or the gift taken",
            source="long-term points, and points for the gift",
        ),
        Column("order_id", Kind.TEXT, "the order that earned them", refers_to="orders"),
    ),
    customer="customer_id",
    day="day",
)


COUPONS = Table(
    "coupons",
    "What a customer may redeem at the till, which checks it",
    ("customer_id", "code"),
    (
        Column("customer_id", Kind.TEXT, "whose", required=True, refers_to="customers"),
        Column("code", Kind.TEXT, "what the customer says at the till", required=True),
        Column("gives", Kind.TEXT, "what it gives, in words", required=True),
        Column("valid_from", Kind.DATE, "first day on which it counts"),
        Column("valid_until", Kind.DATE, "last day on which it counts"),
        Column("used_on", Kind.DATE, "day on which it was redeemed"),
        Column("rule", Kind.TEXT, "the rule of the programme that gave it; empty: the shop, by hand"),
    ),
    customer="customer_id",
    day="used_on",
)


LOANS = Table(
    "loans",
    "Things lent against a deposit",
    ("loan_id",),
    (
        Column("loan_id", Kind.TEXT, "the loan's number", required=True),
        Column("customer_id", Kind.TEXT, "to whom", required=True, refers_to="customers"),
        Column("store_id", Kind.TEXT, "by which store", refers_to="stores"),
        Column("item", Kind.TEXT, "what", required=True, source=_UMBRELLA),
        Column("deposit", Kind.MONEY, "deposit", unit="currency", source=_UMBRELLA),
        Column("lent_on", Kind.DATE, "day", required=True),
        Column("returned_on", Kind.DATE, "day of return"),
    ),
    customer="customer_id",
    day="lent_on",
)


REFERRALS = Table(
    "referrals",
    "Who brought whom",
    ("referrer_id", "referred_id"),
    (
        Column(
            "referrer_id",
            Kind.TEXT,
            "the old customer",
            required=True,
            refers_to="customers",
            source=_REFERRAL,
        ),
        Column("referred_id", Kind.TEXT, "the new customer", required=True, refers_to="customers"),
        Column("day", Kind.DATE, "day on which the new customer came", required=True),
        Column("order_id", Kind.TEXT, "first order of the new customer", refers_to="orders"),
        Column(
            "thanked_on",
            Kind.DATE,
            "day on which both were thanked",
            source="must send a message on the same day to thank the old customers",
        ),
        Column("called_on", Kind.DATE, "day of the call to both", source="must call back within a week"),
    ),
    customer="referrer_id",
    day="day",
)
