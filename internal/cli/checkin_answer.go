package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

func (e *env) checkinAnswer() *cobra.Command {
	var turn string
	var waits []string
	var draft bool
	cmd := &cobra.Command{
		Use: "answer [WORDS…]", Short: "Answer what is asked of you: by number, in order, or nothing", Args: cobra.ArbitraryArgs,
		Long: "Answers the check-in that is due first, or the one named by --turn. Give an answer for each\nquestion in order, or begin each with its number (\"2. …\"). The word nothing alone says that\nyou have nothing to say. Without words you are asked one question after the other.",
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.answerCheckin(cmd.Context(), turn, args, waits, draft)
		},
	}
	cmd.Flags().StringVar(&turn, "turn", "", "the turn to answer")
	cmd.Flags().StringArrayVar(&waits, "waits-for", nil, "what you wait for: \"@kofi: the key\" asks Kofi, \"the landlord: the key\" asks nobody; may be given several times")
	cmd.Flags().BoolVar(&draft, "draft", false, "keep it for yourself, and publish nothing")
	return cmd
}

// dueTurn finds what is asked first, unless a turn is named.
func dueTurn(ctx context.Context, c *client, turn string) (t checkinTurn, err error) {
	if turn == "" {
		due, err := list[checkinDue](ctx, c, "/me/checkins", url.Values{}, 1)
		if err != nil {
			return t, err
		}
		if len(due) == 0 {
			return t, fmt.Errorf("no check-in asks anything of you now; to change an answer, name it with --turn")
		}
		turn = due[0].Turn
	}
	return t, c.call(ctx, "GET", "/checkin-turns/"+url.PathEscape(turn), nil, &t)
}

func (e *env) answerCheckin(ctx context.Context, turn string, args, waits []string, draft bool) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	t, err := dueTurn(ctx, c, turn)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = e.askEach(t)
	}
	body := map[string]any{"nothing": true}
	if len(args) != 1 || !strings.EqualFold(args[0], "nothing") {
		answers, err := answersFrom(t.Questions, args)
		if err != nil {
			return err
		}
		body = map[string]any{"answers": answers}
	}
	if draft {
		if body["answers"] == nil || len(waits) > 0 {
			return errors.New("a draft keeps answers alone; what you wait for, and that there is nothing to say, is published")
		}
		return e.act(ctx, "PUT", "/checkin-turns/"+url.PathEscape(t.ID)+"/draft", body, "It is kept for you, and nobody else sees it.")
	}
	if len(waits) > 0 {
		if body["blockers"], err = blockersFrom(ctx, c, waits); err != nil {
			return err
		}
	}
	var out raw[checkinTurn]
	if err := c.call(ctx, "PUT", "/checkin-turns/"+url.PathEscape(t.ID)+"/answer", body, &out); err != nil {
		return err
	}
	return e.show(out, func() { e.say("Your answer to %s, %s, stands.", t.Name, t.Date) })
}

// askEach asks one question after the other on the terminal, and again what it cannot read.
func (e *env) askEach(t checkinTurn) (out []string) {
	lines := bufio.NewScanner(e.in)
	for i, q := range t.Questions {
		e.say("%d. %s%s", i+1, q.Text, q.hint())
		for lines.Scan() {
			said := strings.TrimSpace(lines.Text())
			if _, err := q.answer(said); said != "" && err != nil {
				e.say("%s. Once more, or leave it empty:", strings.TrimSuffix(err.Error(), ". Nothing was published"))
				continue
			}
			if said != "" {
				out = append(out, strconv.Itoa(i+1)+". "+said)
			}
			break
		}
	}
	if len(out) == 0 {
		return []string{"nothing"}
	}
	return out
}

// answersFrom reads words given in order, or by number.
func answersFrom(questions []checkinQuestion, args []string) ([]map[string]any, error) {
	out := []map[string]any{}
	for i, words := range args {
		at := i
		if n, rest, ok := strings.Cut(words, "."); ok {
			if k, err := strconv.Atoi(strings.TrimSpace(n)); err == nil && k >= 1 && k <= len(questions) && !numeric(questions[k-1].Kind, words) {
				at, words = k-1, strings.TrimSpace(rest)
			}
		}
		if at >= len(questions) {
			return nil, fmt.Errorf("there are %d questions and more answers than that; begin each with its number", len(questions))
		}
		a, err := questions[at].answer(words)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// numeric says that words like 3.5 are a number, and not an answer to question 3.
func numeric(kind, words string) bool {
	_, err := strconv.ParseFloat(strings.TrimSpace(words), 64)
	return kind == "number" && err == nil
}

func (e *env) checkinSkip(ctx context.Context, turn string) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	t, err := dueTurn(ctx, c, turn)
	if err != nil {
		return err
	}
	return e.act(ctx, "POST", "/checkin-turns/"+url.PathEscape(t.ID)+"/skip", nil, "Skipped.")
}

// blockersFrom reads what somebody waits for: "@kofi: the key", "the landlord: the
// key", or words alone.
func blockersFrom(ctx context.Context, c *client, list []string) ([]map[string]any, error) {
	out := []map[string]any{}
	for _, w := range list {
		one := map[string]any{"words": strings.TrimSpace(w), "what": strings.TrimSpace(w)}
		if who, words, ok := strings.Cut(w, ":"); ok && strings.HasPrefix(who, "@") {
			p, err := personOf(ctx, c, who)
			if err != nil {
				return nil, err
			}
			one = map[string]any{"words": strings.TrimSpace(words), "person": p}
		} else if ok {
			one = map[string]any{"words": strings.TrimSpace(words), "what": strings.TrimSpace(who)}
		}
		out = append(out, one)
	}
	return out, nil
}
