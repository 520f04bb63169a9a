"""The exports of WooCommerce.

Column names: WooCommerce documentation, "Import and Export of WooCommerce Users" and "Import and Export of WooCommerce
Orders" (Import Export Suite), and for the rest of the billing address files of that plugin in public repositories. The
goods of an order stand there in one packed text, which is not taken in: orders come without their lines. A guest has
the customer number 0.
"""

from __future__ import annotations

from sitegen.data.imports.exports import CustomerExport, Field, Form, OrderExport, Status

_BILLING = (
    Field("phone", ("billing_phone",)),
    Field("street", ("billing_company", "billing_address_1", "billing_address_2"), Form.JOINED),
    Field("city", ("billing_city",)),
    Field("postcode", ("billing_postcode",)),
    Field("region", ("billing_state",)),
    Field("country", ("billing_country",), Form.COUNTRY),
)

CUSTOMERS = CustomerExport(
    "woocommerce",
    "WooCommerce's customer export",
    needs=("user_email", "user_registered", "first_name", "last_name"),
    id=("customer_id", "ID"),
    fields=(
        Field("first_name", ("first_name", "billing_first_name")),
        Field("last_name", ("last_name", "billing_last_name")),
        Field("email", ("user_email", "billing_email"), Form.EMAIL),
        *_BILLING,
        Field("language", ("locale",), Form.LANGUAGE, stays=True),
        Field("member_since", ("user_registered",), Form.DAY, stays=True),
    ),
)

ORDERS = OrderExport(
    "woocommerce",
    "WooCommerce's order export",
    needs=("order_id", "order_date", "status", "order_total", "billing_email"),
    number="order_id",
    customer_id=("customer_id", "customer_user"),
    customer=(
        Field("first_name", ("billing_first_name",)),
        Field("last_name", ("billing_last_name",)),
        Field("email", ("billing_email", "customer_email"), Form.EMAIL),
        *_BILLING,
    ),
    fields=(
        Field("ordered_at", ("order_date", "paid_date"), Form.DAY),
        Field("amount", ("order_total",), Form.AMOUNT),
    ),
    status=(
        Status(
            "status",
            {
                "completed": "sent",
                "processing": "paid",
                "refunded": "returned",
                "cancelled": "cancelled",
                "failed": "cancelled",
                "trash": "cancelled",
            },
        ),
    ),
)
