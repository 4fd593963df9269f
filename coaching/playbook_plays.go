package coaching

// The plays of every kind, in the order in which they are proposed. Their
// words are in package commands; here is what each is for and how much of it
// fits into a day or a week. Counts and days are what fits beside the rest of
// the work, from experience and not from measurement.
var plays = []Play{
	// Revenue: give the year's number a week's work, sized by the usual rates.
	{ID: "revenue_pair_activity", Kind: Revenue, Question: QuestionProcess, Days: 1},
	{ID: "revenue_reopen_quiet_deals", Kind: Revenue, Question: QuestionProcess, Counts: Calls, Pieces: 2},
	{ID: "revenue_next_step_every_deal", Kind: Revenue, Question: QuestionLeak, Days: 1},
	{ID: "revenue_existing_first", Kind: Revenue, Question: QuestionAudience, Counts: Calls, Pieces: 2},
	{ID: "revenue_split_quota", Kind: Revenue, Question: QuestionTools, Days: 1},

	// Churn: keep talking after the sale, and know the points where people go.
	{ID: "churn_watch_expiring_cards", Kind: Churn, Question: QuestionLeak, Days: 1},
	{ID: "churn_call_ending_contracts", Kind: Churn, Question: QuestionLeak, Counts: Calls, Pieces: 2},
	{ID: "churn_check_in_after_sale", Kind: Churn, Question: QuestionProcess, Counts: Calls, Pieces: 2},
	{ID: "churn_ask_those_who_left", Kind: Churn, Question: QuestionProcess, Counts: Calls, Pieces: 1},
	{ID: "churn_name_leaving_points", Kind: Churn, Question: QuestionLeak, Days: 2},
	{ID: "churn_low_use_list", Kind: Churn, Question: QuestionTools, Days: 1},

	// Margin: sell more without longer days, and rethink prices.
	{ID: "margin_discount_reasons", Kind: Margin, Question: QuestionLeak, Days: 1},
	{ID: "margin_automate_one_task", Kind: Margin, Question: QuestionTools, Days: 2},
	{ID: "margin_review_price", Kind: Margin, Question: QuestionProcess, Days: 2},
	{ID: "margin_cost_of_serving", Kind: Margin, Question: QuestionProcess, Days: 2},
	{ID: "margin_sell_best_mix", Kind: Margin, Question: QuestionAudience, Days: 1},

	// CLV: know the customer, write it down, and offer more where it helps.
	{ID: "clv_discovery_existing", Kind: CLV, Question: QuestionProcess, Counts: Meetings, Pieces: 1},
	{ID: "clv_update_records", Kind: CLV, Question: QuestionTools, Days: 1},
	{ID: "clv_upgrade_where_it_helps", Kind: CLV, Question: QuestionAudience, Counts: Calls, Pieces: 1},
	{ID: "clv_cross_sell_match", Kind: CLV, Question: QuestionAudience, Days: 1},
	{ID: "clv_renewals_ahead", Kind: CLV, Question: QuestionLeak, Days: 1},

	// Leads: where past customers came from, and qualified before counted.
	{ID: "leads_best_channels", Kind: Leads, Question: QuestionAudience, Days: 1},
	{ID: "leads_qualify_four", Kind: Leads, Question: QuestionProcess, Days: 1},
	{ID: "leads_ask_referrals", Kind: Leads, Question: QuestionAudience, Counts: Calls, Pieces: 2},
	{ID: "leads_score_open", Kind: Leads, Question: QuestionTools, Days: 1},
	{ID: "leads_drop_dead", Kind: Leads, Question: QuestionLeak, Days: 1},
	{ID: "leads_answer_new", Kind: Leads, Question: QuestionLeak, Days: 1},

	// Win rate: a rate for each stage, and practice for the weak one.
	{ID: "winrate_by_stage", Kind: WinRate, Question: QuestionLeak, Days: 1},
	{ID: "winrate_review_lost", Kind: WinRate, Question: QuestionLeak, Days: 1},
	{ID: "winrate_practise_stage", Kind: WinRate, Question: QuestionProcess, Days: 1},
	{ID: "winrate_confirm_decision", Kind: WinRate, Question: QuestionProcess, Counts: Calls, Pieces: 2},
	{ID: "winrate_fit_first", Kind: WinRate, Question: QuestionAudience, Days: 1},
	{ID: "winrate_proof_ready", Kind: WinRate, Question: QuestionTools, Days: 2},

	// CAC: where the money goes, and what comes of it.
	{ID: "cac_spend_by_channel", Kind: CAC, Question: QuestionProcess, Days: 1},
	{ID: "cac_stop_one", Kind: CAC, Question: QuestionLeak, Days: 1},
	{ID: "cac_value_by_channel", Kind: CAC, Question: QuestionAudience, Days: 2},
	{ID: "cac_referrals", Kind: CAC, Question: QuestionAudience, Counts: Calls, Pieces: 2},
	{ID: "cac_reuse_content", Kind: CAC, Question: QuestionTools, Days: 1},

	// Cycle: who decides, known early, and no waiting that a tool could spare.
	{ID: "cycle_name_decision_maker", Kind: Cycle, Question: QuestionProcess, Days: 1},
	{ID: "cycle_close_out_stalled", Kind: Cycle, Question: QuestionLeak, Days: 1},
	{ID: "cycle_agree_dates", Kind: Cycle, Question: QuestionProcess, Counts: Calls, Pieces: 2},
	{ID: "cycle_template_step", Kind: Cycle, Question: QuestionTools, Days: 1},
	{ID: "cycle_answers_ready", Kind: Cycle, Question: QuestionTools, Days: 2},
	{ID: "cycle_longest_stage", Kind: Cycle, Question: QuestionLeak, Days: 1},

	// Activity kinds: room in the day, and the right people in it.
	{ID: "calls_block_time", Kind: Calls, Question: QuestionProcess, Days: 1},
	{ID: "calls_list_first", Kind: Calls, Question: QuestionAudience, Days: 1},
	{ID: "calls_best_hour", Kind: Calls, Question: QuestionTools, Days: 1},
	{ID: "emails_follow_up", Kind: Emails, Question: QuestionLeak, Counts: Emails, Pieces: 5},
	{ID: "emails_two_subjects", Kind: Emails, Question: QuestionProcess, Days: 1},
	{ID: "emails_template_best", Kind: Emails, Question: QuestionTools, Days: 1},
	{ID: "meetings_confirm_day_before", Kind: Meetings, Question: QuestionLeak, Days: 1},
	{ID: "meetings_offer_two_times", Kind: Meetings, Question: QuestionProcess, Days: 1},
	{ID: "meetings_next_step", Kind: Meetings, Question: QuestionProcess, Days: 1},
}
