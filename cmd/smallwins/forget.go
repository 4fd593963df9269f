package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/smallwins/smallwins/coaching"
)

// forgetCommand deletes a workspace, or what there is of one member.
type forgetCommand struct {
	ofWorkspace
	Member coaching.MemberID `help:"Only this member, by their id on the platform. What they did for the team stays without their name."`
	Yes    bool              `help:"Do it. Without, nothing is deleted."`
}

// Run forgets, and says what.
func (c *forgetCommand) Run(ctx context.Context) (err error) {
	if !c.Yes {
		what := "everything of workspace " + string(c.Workspace)
		if c.Member != "" {
			what = "what there is of member " + string(c.Member) + " in workspace " + string(c.Workspace)
		}
		return fmt.Errorf("forget deletes %s for good: export it before, then run this again with --yes", what)
	}
	documents, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, documents.Close(context.WithoutCancel(ctx))) }()
	if c.Member != "" {
		forgotten, err := documents.ForgetMember(ctx, c.Workspace, c.Member)
		if err != nil {
			return err
		}
		fmt.Printf("Member %s is forgotten: %d documents deleted, %d kept without the name.\n", c.Member, forgotten.Deleted, forgotten.Renamed)
		return nil
	}
	deleted, err := documents.ForgetWorkspace(ctx, c.Workspace, func(int) {})
	if err != nil {
		return err
	}
	fmt.Printf("Workspace %s is forgotten: %d documents deleted.\n", c.Workspace, deleted)
	return nil
}
