package commands

import (
	"context"
	"encoding/base64"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// Answer is what a program or a browser is told, rather than a member in chat.
type Answer struct {
	Status int // of HTTP
	Header map[string]string
	Body   []byte
}

// HookAddress returns where a workspace's events are sent, below the address
// that the server is reached at; without that it is the path alone.
func HookAddress(publicURL string, workspace coaching.WorkspaceID) string {
	return strings.TrimRight(publicURL, "/") + "/hooks/" + string(workspace) + "/events"
}

// HookSecretText writes a secret as Standard Webhooks does.
func HookSecretText(key []byte) string { return "whsec_" + base64.StdEncoding.EncodeToString(key) }

// Publish tells the router the address that the server is reached at. It is not
// to be called once requests are handled.
func (r *Router) Publish(publicURL string) { r.publicURL = publicURL }

// hook shows how events are sent, makes a secret that signs them, or takes one
// away: `hook`, `hook new`, `hook revoke k7qm2fa`.
func (r *Router) hook(ctx context.Context, ask *ask, values []string) (Reply, error) {
	word, rest := "", values
	if len(values) > 0 {
		word, rest = strings.ToLower(values[0]), values[1:]
	}
	switch {
	case word == "" || word == "new" && len(rest) == 0, word == "revoke" && len(rest) == 1:
	default:
		return Reply{}, coaching.Refuse("hook_how")
	}
	if err := r.may(ctx, ask, coaching.ActSettings); err != nil {
		return Reply{}, err
	}
	switch word {
	case "new":
		return r.makeHookSecret(ctx, ask)
	case "revoke":
		return r.revokeHookSecret(ctx, ask, strings.ToLower(rest[0]))
	default:
		return r.showHook(ctx, ask, nil)
	}
}

// makeHookSecret shows a new secret, to the member alone and this once.
func (r *Router) makeHookSecret(ctx context.Context, ask *ask) (Reply, error) {
	secrets, err := r.store.HookSecrets(ctx, ask.Request.Workspace)
	if err != nil {
		return Reply{}, err
	}
	made := coaching.HookSecret{ID: coaching.HookSecretID(ask.ID), By: ask.Member, MadeAt: ask.Received}
	if len(secrets) < coaching.MaxHookSecrets {
		if err := r.traceHook(ctx, ask, coaching.Shift{Name: "hook", After: made.ID}); err != nil {
			return Reply{}, err
		}
	}
	key, err := r.store.MakeHookSecret(ctx, ask.Request.Workspace, made)
	if err != nil {
		return Reply{}, err
	}
	parts := []Part{
		Heading{ask.voice.Line("hook_made", Args{"id": made.ID})},
		Facts{Items: []Fact{
			{Label: ask.voice.Text("hook_secret", nil), Value: Line{{Text: HookSecretText(key), Style: Code}}},
			{Label: ask.voice.Text("hook_address", nil), Value: ask.hookAddress(r)},
		}},
		Text{ask.voice.Line("hook_made_next", nil)},
	}
	if len(secrets) > 0 && secrets[0].ID != made.ID {
		parts = append(parts, Note{ask.voice.Line("hook_made_then", Args{"command": hookCommand("revoke " + secrets[0].ID)})})
	}
	return ask.say(parts...), nil
}

func (r *Router) revokeHookSecret(ctx context.Context, ask *ask, id string) (Reply, error) {
	secrets, err := r.store.HookSecrets(ctx, ask.Request.Workspace)
	if err != nil {
		return Reply{}, err
	}
	for _, secret := range secrets {
		if secret.ID != id {
			continue
		}
		if err := r.traceHook(ctx, ask, coaching.Shift{Name: "hook", Before: id}); err != nil {
			return Reply{}, err
		}
	}
	if err := r.store.RevokeHookSecret(ctx, ask.Request.Workspace, id); err != nil {
		return Reply{}, err
	}
	return r.showHook(ctx, ask, ask.voice.Line("hook_revoked", Args{"id": id}))
}

func (r *Router) traceHook(ctx context.Context, ask *ask, shift coaching.Shift) error {
	return r.trace(ctx, ask, coaching.Trace{Kind: coaching.TraceSettings, Shifts: []coaching.Shift{shift}})
}

// showHook tells where events go and which secrets sign them.
func (r *Router) showHook(ctx context.Context, ask *ask, news Line) (Reply, error) {
	secrets, err := r.store.HookSecrets(ctx, ask.Request.Workspace)
	if err != nil {
		return Reply{}, err
	}
	var parts []Part
	if news != nil {
		parts = append(parts, Text{news})
	}
	parts = append(parts,
		Heading{ask.voice.Line("hook_heading", nil)},
		Text{ask.voice.Line("hook_what", Args{"address": ask.hookAddress(r)})})
	var list List
	for _, secret := range secrets {
		line, err := r.hookSecretLine(ctx, ask, secret)
		if err != nil {
			return Reply{}, err
		}
		list.Items = append(list.Items, line)
	}
	if len(list.Items) == 0 {
		list.Items = append(list.Items, ask.voice.Line("hook_none", nil))
	}
	parts = append(parts, list)
	if len(secrets) < coaching.MaxHookSecrets {
		parts = append(parts, Note{ask.voice.Line("hook_new_how", Args{"command": hookCommand("new")})})
	}
	if len(secrets) > 0 {
		parts = append(parts, Note{ask.voice.Line("hook_revoke_how", Args{"command": hookCommand("revoke " + secrets[0].ID)})})
	}
	return ask.say(parts...), nil
}

func (r *Router) hookSecretLine(ctx context.Context, ask *ask, secret coaching.HookSecret) (Line, error) {
	args := Args{
		"id": Span{Text: secret.ID, Style: Code}, "made": ask.when(secret.MadeAt, ask.workspace.Location()),
		"used": ask.voice.Text("hook_unused", nil), "member": ask.voice.Text("hook_operator", nil),
	}
	if !secret.UsedAt.IsZero() {
		args["used"] = ask.voice.Text("hook_used", Args{"when": ask.when(secret.UsedAt, ask.workspace.Location())})
	}
	if secret.By != "" {
		if err := r.meet(ctx, ask, secret.By); err != nil {
			return nil, err
		}
		args["member"] = ask.member(secret.By)
	}
	return ask.voice.Line("hook_secret_line", args), nil
}

// hookAddress is where the workspace's events are sent, to copy.
func (a *ask) hookAddress(r *Router) Line {
	address := Span{Text: HookAddress(r.publicURL, a.Request.Workspace), Style: Code}
	if r.publicURL == "" {
		return a.voice.Line("hook_address_below", Args{"path": address})
	}
	return Line{address}
}

func hookCommand(rest string) Span {
	return Span{Text: "/" + Name + " settings hook " + rest, Style: Code}
}
