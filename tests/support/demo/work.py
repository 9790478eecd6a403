"""What people work on, how decisions are taken, what is known of needs, and the workforce."""

from __future__ import annotations

import pandas as pd

from tests.support.demo.basics import FUNCTIONS, LATEST, PERIODS, register, rng

ACTIVITIES = """
activity | name | owner | function | effort_q2 | effort_q4 | serves | concern | started | ended | status | promises
a01 | Account plans for housing associations | Head of sales | sales | 9 | 7 | m1 | client-benefit | 2024-09-01 | | active | o_lasting
a02 | Campaign for developers' one-off projects | Head of sales | sales | 10 | 18 | win volume this year | internal-method | 2026-02-01 | | active |
a03 | Loyalty scheme "Warm points" | Head of sales | sales | 4 | 5 | v1 | client-benefit | 2025-05-01 | | active | o_solved
a04 | Quote tool without operations' check | Sales support | sales | 5 | 6 | win volume this year | internal-method | 2026-01-15 | | active |
a05 | Key account visits | Head of sales | sales | 8 | 6 | m1 | client-benefit | 2024-01-15 | | active | o_lasting
a06 | Brand preparation "Halden 2027" | Head of marketing | marketing | 3 | 11 | be better known | internal-method | 2026-05-01 | | active |
a07 | Segment study with customers | Head of marketing | marketing | 5 | 2 | v2 | client-benefit | 2025-11-01 | | active | o_designed
a08 | Sponsoring of regional sport | Head of marketing | marketing | 2 | 4 | support the region's clubs | | 2025-03-01 | | active |
a09 | Newsletter and website | Head of marketing | marketing | 6 | 7 | m2 | internal-method | 2023-06-01 | | active |
a10 | Contact centre, daily work | Head of service | service | 26 | 27 | m1 | client-benefit | 2023-01-01 | | active | o_solved
a11 | Handling-time programme | Head of service | service | 6 | 8 | lower cost of a call | internal-method | 2025-09-01 | | active | o_solved
a12 | First-contact coaching | Head of service | service | 7 | 4 | m1 | client-benefit | 2025-02-01 | | active | o_solved
a13 | Complaint root causes | Quality lead | service | 5 | 3 | v1 | client-benefit | 2025-06-01 | | active | o_kept
a14 | Charity repair days | Service team | service | 2 | 5 | help people in need | client-benefit | 2025-10-01 | | active |
a15 | Installation, daily work | COO | operations | 34 | 33 | m1 | client-benefit | 2023-01-01 | | active | o_one_visit
a16 | Depot closures and route planning | COO | operations | 9 | 10 | lower cost of logistics | internal-method | 2024-11-01 | | active |
a17 | Van stock project | Head of logistics | operations | 6 | 4 | v1 | client-benefit | 2025-12-01 | | active | o_one_visit
a18 | Certification to three norms | Quality lead | operations | 5 | 8 | keep the certificates | internal-method | 2025-07-01 | | active |
a19 | Hand-over days with installers | COO | operations | 4 | 3 | m1 | client-benefit | 2025-09-15 | | active | o_partner_plan
a20 | Month-end and reporting | CFO | finance | 11 | 12 | m2 | internal-method | 2023-01-01 | | active |
a21 | Cost of work done twice: first count | CFO | finance | 2 | 3 | v2 | client-benefit | 2026-04-01 | | active | o_kept
a22 | Dunning and credit checks | CFO | finance | 6 | 7 | be paid sooner | internal-method | 2023-01-01 | | active |
a23 | Next heat pump | Head of product | product | 14 | 15 | m2 | internal-method | 2025-01-15 | | active | o_energy
a24 | Feature race with rivals | Head of product | product | 6 | 9 | match rivals' lists | internal-method | 2026-03-01 | | active |
a25 | Shared customer record | Head of product | product | 5 | 4 | m1 | client-benefit | 2025-08-01 | | active | o_solved
a26 | Customer visits before design | Head of product | product | 3 | 2 | v2 | client-benefit | 2024-10-01 | | active | o_designed
b01 | Field app, first version | Head of product | product | 4 | 0 | m1 | client-benefit | 2024-06-01 | 2026-08-31 | finished | o_one_visit
b02 | Bill redesign | CFO | finance | 3 | 0 | v1 | client-benefit | 2025-01-10 | 2026-07-15 | abandoned | o_clear_bill
b03 | Partner portal | COO | operations | 4 | 0 | m1 | client-benefit | 2025-03-01 | 2026-09-30 | abandoned | o_partner_plan
b04 | Chat for customers | Head of service | service | 3 | 0 | m1 | client-benefit | 2025-04-01 | 2026-08-15 | abandoned | o_solved
b05 | Customer panel, pilot | Head of marketing | marketing | 3 | 0 | v2 | client-benefit | 2025-05-15 | 2026-09-10 | finished | o_designed
b06 | Segment training | HR | sales | 0 | 0 | m1 | client-benefit | 2024-02-01 | 2024-11-30 | finished |
b07 | Repair promise, pilot | Head of service | service | 0 | 0 | v1 | client-benefit | 2024-05-01 | 2024-10-31 | abandoned | o_kept
b08 | Old price list clean-up | Head of sales | sales | 0 | 0 | m2 | internal-method | 2023-09-01 | 2024-06-30 | finished |
b09 | Sharing of drivers | COO | operations | 0 | 0 | v1 | client-benefit | 2024-03-01 | 2025-02-28 | abandoned |
b10 | Warehouse scanners | Head of logistics | operations | 0 | 0 | m1 | internal-method | 2024-01-15 | 2025-01-31 | finished |
b11 | Welcome calls | Head of service | service | 0 | 0 | m1 | client-benefit | 2024-04-01 | 2025-05-31 | abandoned | o_solved
b12 | Green tariff study | Head of product | product | 0 | 0 | m2 | client-benefit | 2024-08-01 | 2025-03-31 | abandoned | o_energy
"""

DECISIONS = """
decision | name | date | kind | mode | function | affected | included
d01 | Close two depots | 2025-01-20 | strategy | command | operations | operations;service;customer;partner | executive;operations
d02 | Lay off nine agents | 2025-08-28 | people | command | service | service;employee;customer | executive
d03 | Bonus on contracts signed | 2025-12-04 | people | command | sales | sales;operations;service | executive;sales
d04 | Quote tool goes live | 2026-01-12 | design | command | sales | sales;operations;customer | sales
d05 | Claim "warm within 48 hours" | 2026-02-03 | strategy | command | marketing | operations;service;customer | marketing;executive
d06 | Target for handling time | 2026-02-10 | operation | command | service | service;customer | executive
d07 | Two signatures for refunds | 2026-02-24 | operation | command | finance | service;customer | finance
d08 | Van stock list | 2026-03-02 | operation | consent | operations | operations;service;partner | operations;service;partner
d09 | New segments | 2026-03-17 | strategy | consult | marketing | sales;marketing;service;product;customer | marketing;sales;customer
d10 | Menu of the contact centre | 2026-03-25 | design | consult | service | service;customer | service
d11 | Start of the next heat pump | 2026-04-08 | design | command | product | product;operations;service;customer;partner | product;executive
d12 | Weekend shifts | 2026-04-21 | people | consult | operations | operations;employee | operations;employee
d13 | Stop deliveries at 30 days overdue | 2026-05-05 | operation | command | finance | sales;operations;customer | finance;executive
d14 | Feature list 2026 | 2026-05-19 | design | command | product | product;service;customer | product
d15 | Brand preparation | 2026-05-27 | strategy | command | marketing | marketing;sales;operations;customer | executive;marketing
d16 | Hand-over form | 2026-06-09 | operation | shared | operations | operations;service | operations;service
d17 | Complaint codes | 2026-06-16 | operation | consent | service | service;operations;product | service;operations
d18 | Budget 2027, first round | 2026-07-07 | strategy | command | finance | sales;marketing;service;operations;finance;product | executive;finance
d19 | Time sheets | 2026-07-21 | people | consult | finance | employee;operations;service | finance;operations
d20 | Panel of housing associations | 2026-08-04 | design | shared | product | product;customer | product;customer
d21 | End the partner portal | 2026-09-15 | design | command | operations | partner;operations | executive
d22 | End the chat for customers | 2026-09-22 | design | command | service | customer;service | executive;service
d23 | Training plan 2027 | 2026-10-06 | people | consult | service | service;employee | service;employee
d24 | Price of service contracts | 2026-10-20 | strategy | consult | sales | sales;service;finance;customer | sales;finance
d25 | On-call rules | 2026-11-03 | people | consent | operations | operations;employee | operations;employee
d26 | Spare-part forecast with makers | 2026-11-10 | operation | shared | operations | operations;partner | operations;partner
d27 | Bonus 2027, draft | 2026-11-24 | people | command | finance | sales;marketing;service;operations;product | executive;finance
d28 | Winter rota | 2026-12-01 | operation | consult | service | service;operations;employee | service
"""

NEEDS = """
need | segment | importance | satisfaction | n | basis | asked_on | name
w01 | housing associations | 4.8 | 2.1 | 31 | told-us | 2026-10-14 | Tenants are never without heat for a night
w02 | housing associations | 4.6 | 2.3 | 31 | observed | 2026-09-02 | One visit for each flat
w03 | housing associations | 4.2 | 2.9 | 31 | told-us | 2026-10-14 | A cost for each flat known a year ahead
w04 | housing associations | 3.9 | 2.2 | 18 | co-created | 2026-09-24 | Faults seen before the tenant sees them
w05 | housing associations | 3.4 | 3.3 | | past-experience | 2022-05-01 | A printed report each quarter
w06 | housing associations | 4.0 | 2.6 | 12 | told-us | 2025-03-12 | One contact for all sites
w07 | small businesses | 4.7 | 2.2 | 40 | told-us | 2026-10-14 | Not a day shut because of heating
w08 | small businesses | 4.4 | 2.4 | 40 | told-us | 2026-10-14 | The bill is what the quote said
w09 | small businesses | 3.8 | 2.8 | | intuition | | Advice on subsidies
w10 | small businesses | 3.5 | 3.1 | | anticipation | | Cooling in summer
w11 | small businesses | 4.1 | 2.0 | 9 | observed | 2026-03-18 | Visits outside opening hours
w12 | small businesses | 3.0 | 3.4 | | past-experience | 2021-11-01 | Choice of brands
w13 | small businesses | 3.6 | 2.7 | | intuition | | A lower first payment
w14 | households | 4.5 | 2.7 | 34 | told-us | 2026-10-14 | A time that holds
w15 | households | 4.0 | 2.5 | 34 | told-us | 2026-10-14 | Explained so that I can use it
w16 | households | 3.9 | 3.2 | | intuition | | An app to steer everything
w17 | households | 4.3 | 2.6 | 8 | observed | 2025-06-20 | Clean and quiet work
w18 | households | 3.2 | 3.5 | | anticipation | | Sharing power with neighbours
w19 | households | 3.7 | 3.0 | | past-experience | 2023-02-01 | Long guarantee
w20 | households | 4.1 | 2.4 | 14 | co-created | 2026-08-19 | Less energy for the same warmth
w21 | public bodies | 4.4 | 2.6 | | intuition | | Proof for the auditor
w22 | public bodies | 4.0 | 2.9 | | past-experience | 2022-09-01 | Framework contracts of four years
w23 | housing associations | 4.1 | 2.4 | | intuition | | Data for their own systems
w24 | households | 3.8 | 2.8 | | past-experience | 2023-10-01 | Someone who comes at the weekend
"""

HEADCOUNT = {"sales": 74, "marketing": 26, "service": 148, "operations": 262, "finance": 34, "product": 41}
LAID_OFF = {("service", "2025-09-30"): 9, ("operations", "2025-06-30"): 6}


def activities(period: str) -> pd.DataFrame:
    """Work and its effort in person-months for the half-year; ended work keeps its history."""
    rows = register(ACTIVITIES)
    effort = rows["effort_q4" if period == LATEST else "effort_q2"]
    rows.insert(4, "effort", effort)
    known = rows["started"] <= PERIODS[period]
    future = rows["ended"] > PERIODS[period]
    rows.loc[future, "ended"] = ""
    rows.loc[future, "status"] = "active"
    return rows[known].drop(columns=["effort_q2", "effort_q4"]).reset_index(drop=True)


def decisions(period: str) -> pd.DataFrame:
    """Decisions taken up to the period's end."""
    rows = register(DECISIONS)
    return rows[rows["date"] <= PERIODS[period]].reset_index(drop=True)


def needs(period: str) -> pd.DataFrame:
    """Needs and how they are known; what was asked later was a belief before."""
    rows = register(NEEDS)
    later = rows["asked_on"] > PERIODS[period]
    rows.loc[later, ["n", "asked_on"]] = ""
    rows.loc[later, "basis"] = "past-experience"
    return rows


def workforce(period: str) -> pd.DataFrame:
    """People by function and quarter over two years; overtime grows after the layoffs."""
    generator = rng("workforce")
    rows = []
    for function in FUNCTIONS:
        people = HEADCOUNT[function]
        for date in pd.date_range("2025-03-31", PERIODS["2026-Q4"], freq="QE").strftime("%Y-%m-%d"):
            laid_off = LAID_OFF.get((function, date), 0)
            left = int(generator.poisson(people * (0.035 if date > "2025-09-30" else 0.022)))
            hired = int(generator.poisson(people * 0.03))
            people += hired - left - laid_off
            pressure = 1.35 if date > "2025-09-30" and function in ("service", "operations") else 1.0
            overtime = int(round(people * 9.5 * pressure * generator.uniform(0.9, 1.1)))
            if date <= PERIODS[period]:
                rows.append((date, function, people, hired, left, laid_off, overtime))
    columns = ["date", "function", "headcount", "hired", "left", "laid_off", "overtime_hours"]
    return pd.DataFrame(rows, columns=columns)
