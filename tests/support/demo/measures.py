"""The map: metrics with what is paid for them, outcomes, and the nodes in between."""

from __future__ import annotations

import pandas as pd

from tests.support.demo.basics import LATEST, register

METRICS = """
metric | name | function | direction | target | tolerance | unit | incentive | kind | serves
s_contracts | Contracts signed | sales | up | | | contracts a month | 0.4 | financial |
s_order_value | Order intake | sales | up | | | EUR a month | 0.2 | financial |
s_new_customers | New customers won | sales | up | | | customers a month | 0.2 | financial |
s_renewals | Service contracts renewed | sales | up | | | % of those due | 0.1 | customer | m1
s_quote_days | Days from request to quote | sales | down | | | days | 0.1 | operational |
s_discount | Average discount | sales | down | | | % of list price | 0 | financial |
s_visits | Sales visits made | sales | up | | | visits a month | 0 | operational |
k_leads | Qualified leads | marketing | up | | | leads a month | 0.45 | financial |
k_awareness | Brand awareness | marketing | up | | | % of households asked | 0.25 | customer |
k_lead_cost | Cost of a lead | marketing | down | | | EUR | 0.2 | financial |
k_reach | Campaign reach | marketing | up | | | thousand people a month | 0.1 | operational |
k_web_visits | Website visits | marketing | up | | | thousand a month | 0 | operational |
k_checked | Campaign promises checked with operations | marketing | up | | | % of campaigns | 0 | customer | v1
v_handling_time | Handling time of a call | service | down | | | minutes | 0.3 | operational |
v_service_cost | Service cost for each customer | service | down | | | EUR a month | 0.3 | financial |
v_first_fix | Solved in the first contact | service | up | | | % of contacts | 0.25 | customer | m1
v_satisfaction | Satisfaction after a service call | service | up | | | 1 to 10 | 0.1 | customer | m1
v_calls_agent | Calls handled by each agent | service | up | | | calls a day | 0.05 | operational |
v_repeat | Repeat contacts | service | down | | | % of contacts | 0 | customer | m1
v_complaint_days | Days to close a complaint | service | down | | | days | 0 | customer | m1
v_callbacks | Callbacks made when promised | service | up | | | % of callbacks | 0 | customer | v1
o_logistics_cost | Logistics cost of an order | operations | down | | | EUR | 0.4 | financial |
o_installs_day | Installations by each crew and day | operations | up | | | jobs a day | 0.15 | operational |
o_first_visit | Installed complete on the first visit | operations | up | | | % of jobs | 0.1 | customer | m1
o_stock_days | Days of stock | operations | down | | | days | 0.2 | financial |
o_utilisation | Crew utilisation | operations | target | 85 | 0.03 | % of hours | 0.15 | operational |
o_split | Deliveries split in two or more | operations | down | | | % of orders | 0 | customer | v1
o_on_day | Delivered on the day agreed | operations | up | | | % of orders | 0 | customer | v1
o_returns | Returns under warranty | operations | down | | | % of units | 0 | operational | m1
f_receivable | Days until customers pay | finance | down | | | days | 0.3 | financial |
f_opex | Operating expense against budget | finance | target | 100 | 0.02 | % of budget | 0.3 | financial |
f_credit_notes | Credit notes issued | finance | down | | | notes a month | 0.2 | financial |
f_invoice_errors | Invoices with an error | finance | down | | | % of invoices | 0.15 | operational | m1
f_close_days | Days to close the month | finance | down | | | days | 0.05 | operational |
f_twice | Cost of work done twice | finance | down | | | thousand EUR a month | 0 | financial | v2
d_launches | Launches on the planned date | product | up | | | % of launches | 0.45 | operational |
d_dev_cost | Development cost against plan | product | down | | | % of plan | 0.2 | financial |
d_features | Features shipped | product | up | | | features a quarter | 0.2 | operational |
d_early_returns | Returned within 90 days of launch | product | down | | | % of units | 0.15 | customer | m1
d_visits | Customer visits before design is fixed | product | up | | | visits a quarter | 0 | customer | v2
"""

OUTCOMES = """
outcome | name | beneficiary | importance
o_warm | Warm through the winter without a fault | customer | 1
o_one_visit | Installed complete, on the day agreed | customer | 0.9
o_solved | Problems solved in one contact | customer | 0.85
o_kept | Promises kept | customer | 0.8
o_clear_bill | Bills that raise no question | customer | 0.5
o_designed | Offers shaped with those who use them | customer | 0.55
o_partner_plan | Makers and installers can plan their work | partner | 0.5
o_pace | Work at a pace that lasts | employee | 0.6
o_energy | Less energy for the same warmth | society | 0.5
o_lasting | Revenue from clients that stay | owner | 0.8
"""

NODES = """
node | name | kind | function | themes
n_depots | Number of depots | lever | operations |
n_parts | Right parts on the van | lever | operations |
n_training | Days of training for each technician | lever | service |
n_record | Shared customer record | lever | product |
n_joint_design | Customers in design teams | lever | product |
n_custom | Customised promises in contracts | driver | sales |
n_claim | Claim "warm within 48 hours" | driver | marketing |
n_short_calls | Calls cut short | driver | service |
n_call_load | Contacts waiting | driver | service |
n_haste | Jobs left with something open | driver | operations |
n_overtime | Overtime | driver | operations |
n_two_signatures | Policy: a refund needs two signatures | policy | finance |
n_stop_30 | Policy: no delivery at 30 days overdue | policy | finance |
n_maker | Makers of heat pumps and boilers | supplier | | reliable heat; planned production
n_installer | Independent installers | supplier | | planned work; fair pay; craft
n_us | Halden Heating | us | | reliable heat; foreseeable cost; craft
n_housing | Housing associations | customer | | foreseeable cost; reliable heat; contented tenants
n_business | Small businesses | customer | | open on time; foreseeable cost
n_household | Households | customer | | reliable heat; less energy
n_tenant | Tenants | customers-customer | | reliable heat; contented tenants
n_guest | Patrons of small businesses | customers-customer | | open on time
"""

CHAIN = """
source | target | offer
n_maker | n_us | heat pumps, boilers, parts
n_installer | n_us | installation crews in peak weeks
n_us | n_housing | installed and serviced heating
n_us | n_business | installed and serviced heating
n_us | n_household | installed and serviced heating
n_housing | n_tenant | homes
n_business | n_guest | shops, workshops, restaurants
"""

REVIEWS = """
a | b | kind | verdict | reason | reviewer | date
o_logistics_cost | v_service_cost | structural | confirmed | Seen in the depot closures of spring 2025 | COO | 2026-11-12
o_stock_days | v_first_fix | structural | intended | Accepted until the van stock project ends | COO | 2026-11-12
s_new_customers | f_receivable | structural | dismissed | New customers pay in advance since July 2026 | CFO | 2026-11-19
"""

REPAIRS = """
metric | change | cost | allowed
o_logistics_cost | share | 1.5 | yes
o_logistics_cost | replace | 4 | yes
v_handling_time | replace | 2 | yes
v_handling_time | re-weight | 1 | no
v_service_cost | share | 1.5 | yes
s_contracts | guardrail | 1.5 | yes
s_contracts | replace | 5 | no
s_contracts | re-weight | 2 | yes
d_launches | guardrail | 2 | yes
k_awareness | guardrail | 1 | yes
f_credit_notes | replace | 2 | yes
"""

CHANGES = """
date | node | text
2024-10-01 | v_first_fix | Counting rule: a call back within seven days now counts as not solved
2025-03-31 | n_depots | Two of five depots closed
2025-09-30 | v_calls_agent | Nine agents laid off
2026-02-28 | n_us | New time sheets; overtime counted in full
"""


def measures(period: str) -> dict[str, pd.DataFrame]:
    """Metrics, outcomes and nodes; the latest period adds reviews, repairs, changes and the chain."""
    metrics = register(METRICS)
    if period != LATEST:
        earlier = {"v_first_fix": "0.2", "v_handling_time": "0.35"}
        metrics["incentive"] = metrics["metric"].map(earlier).fillna(metrics["incentive"])
    tables = {"metrics": metrics, "outcomes": register(OUTCOMES), "nodes": register(NODES)}
    later = {
        "value_chain": register(CHAIN),
        "conflict_reviews": register(REVIEWS),
        "repairs": register(REPAIRS),
        "changes": register(CHANGES),
    }
    return tables | later if period == LATEST else tables
