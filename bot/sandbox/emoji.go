package sandbox

import (
	"regexp"
	"strings"
)

var shortcode = regexp.MustCompile(`:[a-z0-9_+-]+:`)

// emojis are the short names that a sales team meets most; others stay as they
// were written.
var emojis = map[string]string{
	"+1": "👍", "-1": "👎", "bar_chart": "📊", "bell": "🔔", "bulb": "💡", "calendar": "📅",
	"chart_with_upwards_trend": "📈", "chart_with_downwards_trend": "📉", "clap": "👏",
	"clipboard": "📋", "confetti_ball": "🎊", "dart": "🎯", "eyes": "👀", "fire": "🔥", "hourglass": "⌛",
	"large_blue_circle": "🔵", "large_green_circle": "🟢", "large_red_square": "🟥",
	"large_yellow_circle": "🟡", "lock": "🔒", "mag": "🔍", "medal": "🏅", "memo": "📝", "moneybag": "💰",
	"muscle": "💪", "pencil2": "✏️", "phone": "☎️", "pushpin": "📌", "question": "❓", "raised_hands": "🙌",
	"red_circle": "🔴", "rocket": "🚀", "seedling": "🌱", "slightly_smiling_face": "🙂", "smile": "😄",
	"sparkles": "✨", "star": "⭐", "sunrise": "🌅", "tada": "🎉", "thumbsup": "👍", "trophy": "🏆",
	"warning": "⚠️", "wave": "👋", "white_check_mark": "✅", "white_circle": "⚪", "x": "❌", "zzz": "💤",
}

// emoji writes known short names as what they stand for.
func emoji(text string) string {
	if !strings.Contains(text, ":") {
		return text
	}
	return shortcode.ReplaceAllStringFunc(text, func(code string) string {
		if symbol, known := emojis[strings.Trim(code, ":")]; known {
			return symbol
		}
		return code
	})
}
