package slack

// acted is one thing that was pressed or chosen.
type acted struct {
	Type     string `json:"type"`
	BlockID  string `json:"block_id"`
	ActionID string `json:"action_id"`
	formValue
}

// formValue is what one element of a form holds: one of these, by the element's
// type.
type formValue struct {
	Value           *string      `json:"value"`
	SelectedOption  *formOption  `json:"selected_option"`
	SelectedOptions []formOption `json:"selected_options"`
	SelectedUser    *string      `json:"selected_user"`
	SelectedDate    *string      `json:"selected_date"`
}

type formOption struct {
	Value string `json:"value"`
}

// chosen returns the value of a button or of what a select chose. It reports
// false for elements that the bot shows nowhere but in forms.
func (a acted) chosen() (string, bool) {
	switch a.Type {
	case "button":
		if a.Value == nil {
			return "", true
		}
		return *a.Value, true
	case "static_select":
		if a.SelectedOption == nil {
			return "", false
		}
		return a.SelectedOption.Value, true
	}
	return "", false
}

// all returns the values, empty where nothing was filled in.
func (v formValue) all() []string {
	values := make([]string, 0, 1+len(v.SelectedOptions))
	for _, text := range [...]*string{v.Value, v.SelectedUser, v.SelectedDate} {
		if text != nil && *text != "" {
			values = append(values, *text)
		}
	}
	if v.SelectedOption != nil {
		values = append(values, v.SelectedOption.Value)
	}
	for _, option := range v.SelectedOptions {
		values = append(values, option.Value)
	}
	return values
}

// formState is what all fields hold, by their block and action.
type formState struct {
	Values map[string]map[string]formValue `json:"values"`
}

// answers returns what the fields of a prompt hold, by their names, a field that
// was left empty among them. Fields of other prompts do not count. It returns
// nil where there is no field.
func (s formState) answers(token string) map[string][]string {
	var answers map[string][]string
	for blockID, elements := range s.Values {
		for name, value := range elements {
			if askID(token, name) != blockID {
				continue
			}
			if answers == nil {
				answers = make(map[string][]string, len(s.Values))
			}
			answers[name] = value.all()
		}
	}
	return answers
}
