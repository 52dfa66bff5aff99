package cli

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
)

// receipt is what is kept on this machine of a vote without a name, and nowhere else.
type receipt struct {
	Receipt string `json:"receipt"`
	Code    string `json:"code"` // stands in the list in the end
}

// receipts are those of all decisions and people that voted here.
type receipts map[string]receipt

func receiptsFile() (string, error) {
	path, err := configFile()
	return filepath.Join(filepath.Dir(path), "receipts.json"), err
}

func readReceipts() (receipts, error) {
	all := receipts{}
	path, err := receiptsFile()
	if err != nil {
		return nil, err
	}
	b, err := os.ReadFile(filepath.Clean(path))
	if errors.Is(err, os.ErrNotExist) {
		return all, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &all)
	}
	if err != nil {
		return nil, fmt.Errorf("the receipts in %s cannot be read: %w", path, err)
	}
	return all, nil
}

// save keeps the receipts before a ballot is sent, so that none is cast without.
func (all receipts) save() error {
	path, err := receiptsFile()
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(path+".part", b, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

// receiptKey names a receipt: several people may vote from one machine.
func receiptKey(ctx context.Context, c *client, decision string) (string, error) {
	who, err := me(ctx, c)
	return decision + " " + who, err
}

// me is the id of whoever is signed in.
func me(ctx context.Context, c *client) (string, error) {
	var out struct {
		Person struct {
			ID string `json:"id"`
		} `json:"person"`
	}
	err := c.call(ctx, "GET", "/me", nil, &out)
	return out.Person.ID, err
}

// anonymous says whether votes in a decision carry no names.
func anonymous(ctx context.Context, c *client, decision string) (bool, error) {
	var s struct {
		Anonymous bool `json:"anonymous"`
	}
	err := c.call(ctx, "GET", "/decisions/"+url.PathEscape(decision)+"/secrecy", nil, &s)
	return s.Anonymous, err
}

// voteSealed votes with a receipt that is made here, unless one is given.
func (e *env) voteSealed(ctx context.Context, c *client, decision, given string, in map[string]any) error {
	all, err := readReceipts()
	if err != nil {
		return err
	}
	key, err := receiptKey(ctx, c, decision)
	if err != nil {
		return err
	}
	mine, known := all[key]
	switch {
	case given != "":
		mine = receipt{Receipt: given}
	case !known:
		mine = receipt{Receipt: rand.Text()}
	}
	if all[key] = mine; given == "" {
		if err := all.save(); err != nil {
			return err
		}
	}
	in["receipt"] = mine.Receipt
	var out receipt
	if err := c.call(ctx, "PUT", "/decisions/"+url.PathEscape(decision)+"/sealed-ballot", in, &out); err != nil {
		return err
	}
	mine.Code, out.Receipt = out.Code, mine.Receipt
	all[key] = mine
	if err := all.save(); err != nil {
		return err
	}
	return e.show(out, func() {
		e.say("Your ballot is sealed. Receipt: %s", out.Receipt)
		e.say("Code in the list at the end: %s", out.Code)
		e.say("The receipt is kept on this machine alone. With it your vote can be changed; without it, it stays.")
	})
}

func (e *env) decisionReceipt() *cobra.Command {
	return &cobra.Command{
		Use: "receipt DECISION", Short: "See whether your vote without a name was counted", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := signedIn()
			if err != nil {
				return err
			}
			all, err := readReceipts()
			if err != nil {
				return err
			}
			key, err := receiptKey(cmd.Context(), c, args[0])
			if err != nil {
				return err
			}
			mine, ok := all[key]
			if !ok {
				return errors.New("there is no receipt of yours for this decision on this machine")
			}
			list, err := list[receipt](cmd.Context(), c, "/decisions/"+url.PathEscape(args[0])+"/receipts", url.Values{}, 0)
			if err != nil {
				return err
			}
			counted := slices.ContainsFunc(list, func(r receipt) bool { return r.Code == mine.Code })
			return e.show(map[string]any{"receipt": mine.Receipt, "code": mine.Code, "listed": len(list), "counted": counted}, func() {
				switch {
				case counted:
					e.say("Your code %s is among the %d listed: your ballot was counted.", mine.Code, len(list))
				case len(list) == 0:
					e.say("No codes are listed: the decision is open still, or its ballots were not opened. Yours is %s.", mine.Code)
				default:
					e.say("Your code %s is not among the %d listed: your ballot was not counted. Tell whoever runs the server.", mine.Code, len(list))
				}
			})
		},
	}
}
