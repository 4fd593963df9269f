package discord

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// seal begins the ids of what can be pressed in direct messages. A press there
// comes from no server, so its id says for which one it is:
//
//	~server.tag~action|value
//
// with the server's number in base 36. The tag is keyed with the bot's token and
// is of the server and the member: nobody can make an id that speaks for a server
// that the bot never wrote to them from.
type seal string

const (
	sealMark = "~"
	tagSize  = 8 // bytes; forging one takes 2^63 presses
)

// seal returns the seal of a workspace for a member; ok is false where the
// workspace is no server or there is no token to key it with.
func (a *App) seal(workspace coaching.WorkspaceID, member coaching.MemberID) (s seal, ok bool) {
	server, isServer := strings.CutPrefix(string(workspace), Prefix)
	number, err := strconv.ParseUint(server, 10, 64)
	if !isServer || err != nil || a.token == "" {
		return "", false
	}
	return seal(sealMark + strconv.FormatUint(number, 36) + "." + a.tag(number, member) + sealMark), true
}

func (a *App) tag(server uint64, member coaching.MemberID) string {
	mac := hmac.New(sha256.New, []byte(a.token))
	_, _ = mac.Write([]byte("direct message\n" + strconv.FormatUint(server, 10) + "\n" + string(member)))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:tagSize])
}

// unseal returns an id without its seal, and the workspace that it is for. An id
// without a seal is for none, and so is one whose seal is not of the member.
func (a *App) unseal(text string, member coaching.MemberID) (id string, workspace coaching.WorkspaceID) {
	inside, isSealed := strings.CutPrefix(text, sealMark)
	if !isSealed {
		return text, ""
	}
	sealed, id, _ := strings.Cut(inside, sealMark)
	server, tag, _ := strings.Cut(sealed, ".")
	number, err := strconv.ParseUint(server, 36, 64)
	if err != nil || a.token == "" || !hmac.Equal([]byte(tag), []byte(a.tag(number, member))) {
		return id, ""
	}
	return id, coaching.WorkspaceID(workspaceID(strconv.FormatUint(number, 10)))
}

// mark returns the components with the seal on the ids of all that can be
// pressed. What has no room for it is left out, and so is a row of nothing else.
func (s seal) mark(components []component) []component {
	var marked []component
	for _, part := range components {
		inner := len(part.Components)
		part.Components = s.mark(part.Components)
		if part.CustomID != "" {
			part.CustomID = string(s) + part.CustomID
		}
		if len(part.CustomID) <= maxCustomID && (inner == 0 || len(part.Components) > 0) {
			marked = append(marked, part)
		}
	}
	return marked
}

// withoutButtons returns the components but for what can be pressed.
func withoutButtons(components []component) []component {
	var left []component
	for _, part := range components {
		inner := len(part.Components)
		part.Components = withoutButtons(part.Components)
		if part.CustomID == "" && (inner == 0 || len(part.Components) > 0) {
			left = append(left, part)
		}
	}
	return left
}
