"""The links of the map: who pushes what, how strongly, on what evidence."""

from __future__ import annotations

import pandas as pd

from tests.support.demo.basics import LATEST, register

LINKS = """
source | target | sign | strength | evidence | lag | condition
o_logistics_cost | o_split | - | 0.75 | measured | 1 |
o_split | v_repeat | + | 0.6 | measured | 1 |
v_repeat | v_service_cost | + | 0.8 | measured | 1 |
o_split | o_one_visit | - | 0.7 | measured | 0 |
o_split | f_invoice_errors | + | 0.4 | observed | 1 |
o_split | o_partner_plan | - | 0.3 | stated | 1 |
n_depots | o_logistics_cost | + | 0.6 | measured | 2 |
n_depots | v_service_cost | - | 0.45 | observed | 3 |
n_depots | o_on_day | + | 0.5 | observed | 1 |
o_on_day | o_one_visit | + | 0.6 | measured | 0 |
o_on_day | v_satisfaction | + | 0.3 | measured | 1 |
s_contracts | n_custom | + | 0.7 | observed | 1 |
n_custom | v_first_fix | - | 0.55 | observed | 2 |
n_custom | o_kept | - | 0.6 | observed | 3 |
n_custom | o_first_visit | - | 0.4 | stated | 2 |
s_order_value | n_custom | + | 0.3 | stated | 1 |
s_contracts | k_lead_cost | - | 0.2 | assumed | 1 |
s_contracts | o_lasting | + | 0.25 | stated | 6 |
s_order_value | o_lasting | + | 0.2 | stated | 6 |
s_new_customers | f_receivable | + | 0.3 | observed | 2 |
s_new_customers | s_renewals | - | 0.2 | assumed | 12 |
s_new_customers | n_call_load | + | 0.3 | observed | 2 |
s_renewals | o_lasting | + | 0.8 | measured | 3 |
s_quote_days | s_contracts | - | 0.35 | measured | 1 |
s_quote_days | n_custom | - | 0.2 | assumed | 1 | when quotes are made without operations
s_discount | s_contracts | + | 0.4 | observed | 0 |
s_discount | o_lasting | - | 0.3 | stated | 6 |
k_leads | s_new_customers | + | 0.5 | measured | 2 |
k_leads | n_claim | + | 0.4 | stated | 1 |
k_awareness | n_claim | + | 0.5 | observed | 1 |
k_awareness | k_leads | + | 0.4 | measured | 2 |
k_reach | k_awareness | + | 0.5 | measured | 1 |
k_reach | k_web_visits | + | 0.6 | measured | 0 |
k_checked | n_claim | - | 0.5 | stated | 0 |
n_claim | o_kept | - | 0.6 | observed | 2 |
n_claim | v_repeat | + | 0.25 | stated | 2 |
k_lead_cost | k_leads | - | 0.2 | assumed | 0 |
v_handling_time | n_short_calls | - | 0.7 | stated | 0 |
n_short_calls | o_solved | - | 0.65 | stated | 0 |
n_short_calls | v_repeat | + | 0.4 | stated | 1 |
v_calls_agent | n_short_calls | + | 0.3 | stated | 0 |
v_first_fix | o_solved | + | 0.8 | measured | 0 |
v_first_fix | v_repeat | - | 0.5 | measured | 1 |
v_repeat | n_call_load | + | 0.5 | observed | 0 |
n_call_load | v_first_fix | - | 0.3 | observed | 1 |
n_call_load | n_overtime | + | 0.3 | stated | 1 |
v_repeat | o_solved | - | 0.4 | measured | 0 |
v_repeat | f_credit_notes | + | 0.3 | observed | 1 |
v_repeat | f_twice | + | 0.7 | measured | 0 |
v_complaint_days | v_satisfaction | - | 0.4 | measured | 0 |
v_callbacks | o_kept | + | 0.4 | observed | 0 |
v_callbacks | v_satisfaction | + | 0.3 | measured | 0 |
v_satisfaction | s_renewals | + | 0.5 | measured | 4 |
v_service_cost | v_callbacks | + | 0.25 | assumed | 1 | when posts are cut to save
n_training | v_first_fix | + | 0.5 | measured | 3 |
n_training | v_service_cost | + | 0.2 | measured | 0 |
n_training | o_warm | + | 0.3 | observed | 6 |
n_parts | v_first_fix | + | 0.5 | observed | 0 |
n_parts | o_first_visit | + | 0.6 | measured | 0 |
o_stock_days | n_parts | + | 0.6 | measured | 1 |
o_first_visit | o_one_visit | + | 0.7 | measured | 0 |
o_first_visit | v_repeat | - | 0.4 | measured | 1 |
o_installs_day | o_on_day | + | 0.5 | observed | 0 |
o_installs_day | n_haste | + | 0.6 | observed | 0 |
n_haste | o_one_visit | - | 0.55 | observed | 0 |
n_haste | o_returns | + | 0.4 | measured | 3 |
n_haste | v_repeat | + | 0.3 | observed | 1 |
o_utilisation | n_overtime | + | 0.6 | measured | 0 |
o_utilisation | o_on_day | - | 0.25 | stated | 0 | above nine tenths of hours
n_overtime | o_pace | - | 0.8 | measured | 1 |
n_overtime | n_haste | + | 0.4 | observed | 0 |
o_returns | o_warm | - | 0.6 | measured | 0 |
o_returns | f_credit_notes | + | 0.4 | measured | 1 |
o_returns | f_twice | + | 0.4 | measured | 0 |
f_receivable | n_stop_30 | + | 0.3 | stated | 0 |
n_stop_30 | o_on_day | - | 0.4 | observed | 0 |
n_stop_30 | s_renewals | - | 0.25 | stated | 3 |
f_credit_notes | o_solved | + | 0.3 | stated | 0 |
n_two_signatures | f_credit_notes | - | 0.6 | observed | 0 |
n_two_signatures | o_solved | - | 0.4 | observed | 0 |
f_opex | n_training | + | 0.4 | observed | 1 |
f_opex | n_overtime | + | 0.2 | assumed | 0 |
f_invoice_errors | o_clear_bill | - | 0.8 | measured | 0 |
f_invoice_errors | f_receivable | + | 0.4 | measured | 1 |
f_invoice_errors | v_repeat | + | 0.2 | observed | 0 |
d_launches | d_early_returns | + | 0.5 | measured | 3 |
d_early_returns | v_repeat | + | 0.55 | measured | 1 |
d_early_returns | o_warm | - | 0.5 | observed | 1 |
d_dev_cost | d_visits | + | 0.4 | observed | 0 |
d_visits | d_early_returns | - | 0.4 | observed | 6 |
d_visits | o_designed | + | 0.5 | observed | 3 |
n_joint_design | o_designed | + | 0.7 | stated | 6 |
n_joint_design | d_launches | - | 0.3 | assumed | 3 |
n_record | v_first_fix | + | 0.4 | stated | 2 |
n_record | n_custom | - | 0.2 | assumed | 3 |
"""

ADDED = ("d_early_returns>v_repeat", "n_stop_30>s_renewals", "n_record>n_custom")
"""Links that were found after the earlier period."""


def links(period: str) -> pd.DataFrame:
    """The links known in a period."""
    rows = register(LINKS)
    if period == LATEST:
        return rows
    return rows[~(rows["source"] + ">" + rows["target"]).isin(ADDED)].reset_index(drop=True)
