"""The exports of Shopify.

Column names: exports of customers and of orders in the public repositories of other importers and their tests, many of
which agree. Shopify puts an apostrophe before ids, telephones and postcodes, so that spreadsheets leave them alone. An
order has a row for each of its goods; only the first row has the order's totals, dates and addresses.
"""

from __future__ import annotations

from sitegen.data.imports.exports import CustomerExport, Field, Form, OrderExport, Permission, Status

CUSTOMERS = CustomerExport(
    "shopify",
    "Shopify's customer export",
    needs=("First Name", "Last Name", "Email", "Accepts Email Marketing"),
    id=("Customer ID",),
    fields=(
        Field("first_name", ("First Name",)),
        Field("last_name", ("Last Name",)),
        Field("email", ("Email",), Form.EMAIL),
        Field("phone", ("Phone", "Default Address Phone")),
        Field(
            "street", ("Default Address Company", "Default Address Address1", "Default Address Address2"), Form.JOINED
        ),
        Field("city", ("Default Address City",)),
        Field("postcode", ("Default Address Zip",)),
        Field("region", ("Default Address Province Code",)),
        Field("country", ("Default Address Country Code",), Form.COUNTRY),
        Field("tags", ("Tags",), Form.TAGS),
    ),
    permissions=(
        Permission("mail", "Accepts Email Marketing", {"yes": "given", "no": "no"}),
        Permission("text", "Accepts SMS Marketing", {"yes": "given", "no": "no"}),
    ),
)

ORDERS = OrderExport(
    "shopify",
    "Shopify's order export",
    needs=("Name", "Email", "Financial Status", "Total", "Created at", "Lineitem quantity", "Lineitem name"),
    number="Name",
    customer_id=(),
    customer=(
        Field("first_name", ("Billing Name", "Shipping Name"), Form.FIRST_NAME),
        Field("last_name", ("Billing Name", "Shipping Name"), Form.LAST_NAME),
        Field("email", ("Email",), Form.EMAIL),
        Field("phone", ("Phone", "Billing Phone", "Shipping Phone")),
        Field("street", ("Billing Company", "Billing Address1", "Billing Address2"), Form.JOINED),
        Field("city", ("Billing City",)),
        Field("postcode", ("Billing Zip",)),
        Field("region", ("Billing Province",)),
        Field("country", ("Billing Country",), Form.COUNTRY),
    ),
    fields=(
        Field("ordered_at", ("Created at",), Form.DAY),
        Field("amount", ("Total",), Form.AMOUNT),
    ),
    status=(
        Status("Cancelled at", {"": "cancelled"}),
        Status("Financial Status", {"refunded": "returned", "voided": "cancelled"}),
        Status("Fulfillment Status", {"fulfilled": "sent", "restocked": "returned"}),
        Status("Financial Status", {"paid": "paid", "partially_refunded": "paid"}),
    ),
    channel=Status("Source", {"web": "web", "pos": "shop"}),
    lines=(
        Field("product", ("Lineitem sku", "Lineitem name")),
        Field("name", ("Lineitem name", "Lineitem sku")),
        Field("quantity", ("Lineitem quantity",), Form.WHOLE),
        Field("price", ("Lineitem price",), Form.AMOUNT),
    ),
)
