package cli

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// awaited is somebody who was invited from outside and is not here yet.
type awaited struct {
	ID        string     `json:"id"`
	Email     string     `json:"email"`
	Name      string     `json:"name"`
	Until     *time.Time `json:"until"`
	ExpiresAt time.Time  `json:"expires_at"`
	Mailed    bool       `json:"mailed"`
	Returned  string     `json:"returned"`
}

// guestInvited is what came of inviting somebody from outside.
type guestInvited struct {
	Link    string     `json:"link"`
	Here    *personRef `json:"here"`
	Invited *awaited   `json:"invited"`
}

func (e *env) decisionInviteGuest() *cobra.Command {
	var name, until string
	cmd := &cobra.Command{
		Use: "invite-guest DECISION EMAIL", Short: "Invite somebody from outside to take part in one open decision, and in nothing else", Args: cobra.ExactArgs(2),
		Example: "  meantime decision invite-guest dec_… gus@outside.example --name \"Gus Guest\" --until \"2026-12-31 18:00\"",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			body := map[string]any{"email": args[1], "name": name}
			if err := e.momentInto(body, "until", until); err != nil {
				return err
			}
			var out raw[guestInvited]
			if err := c.call(cmd.Context(), "POST", decisionKey(args[0])+"/guests", body, &out); err != nil {
				return err
			}
			return e.show(out, func() { e.sayGuest(out.known) })
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "their name, if you know it; they can change it")
	cmd.Flags().StringVar(&until, "until", "", "when their time here ends, such as \"2026-12-31 18:00\" on your clock; some weeks after the decision without")
	return cmd
}

func (e *env) sayGuest(g guestInvited) {
	if g.Here != nil {
		e.say("%s is in the workspace already, and is entitled now.", g.Here.Name)
		return
	}
	if g.Invited.Mailed {
		e.say("A mail with the link is on its way to %s.", g.Invited.Email)
	} else {
		e.say("Send this link to %s.", g.Invited.Email)
	}
	e.say("It works once, until %s, and is not shown again. As a guest they see this decision alone, until %s.", e.local(&g.Invited.ExpiresAt), e.local(g.Invited.Until))
	e.say("%s", g.Link)
}

// awaitedBy finds an invitation of a decision by the address it is made out to.
func awaitedBy(ctx context.Context, c *client, decision, email string) (string, error) {
	all, err := awaitedOf(ctx, c, decision)
	if err != nil {
		return "", err
	}
	for _, w := range all {
		if strings.EqualFold(w.known.Email, email) {
			return w.known.ID, nil
		}
	}
	return "", errors.New("no invitation for " + email + " is open here; see: meantime decision people " + decision)
}

func awaitedOf(ctx context.Context, c *client, decision string) ([]raw[awaited], error) {
	var d struct {
		Awaited []raw[awaited] `json:"awaited"`
	}
	err := c.call(ctx, "GET", decisionKey(decision), nil, &d)
	return d.Awaited, err
}

// uninviteGuest takes the invitation of an address back.
func (e *env) uninviteGuest(ctx context.Context, c *client, decision, email string) error {
	x, err := awaitedBy(ctx, c, decision, email)
	if err != nil {
		return err
	}
	return e.decisionShow(ctx, "DELETE", decision, "/guests/"+url.PathEscape(x), nil)
}

// isAddress tells an e-mail address from a handle, which may begin with an @.
func isAddress(s string) bool { return strings.LastIndex(s, "@") > 0 }
