package auth

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// BulkTokensTx makes an account and a bearer token for each of many people of
// generated data, who have none. No password opens these accounts.
func (s *Service) BulkTokensTx(ctx context.Context, tx *db.Tx, list []people.Person) ([]string, error) {
	tx.Quiet("accounts of generated data are made")
	out := make([]string, 0, len(list))
	for _, p := range list {
		acc := account{AccountID: id.New(tx.Now), Email: p.Email, Password: "none", CreatedAt: tx.Now, ChangedAt: tx.Now}
		if err := insertAccount(ctx, tx, acc); err != nil {
			return nil, err
		}
		if err := insertMember(ctx, tx, p.ID, acc.AccountID); err != nil {
			return nil, err
		}
		made, err := issue(ctx, tx, acc.AccountID, p.Actor(), true, "benchmarks")
		if err != nil {
			return nil, err
		}
		out = append(out, made.Token)
	}
	return out, nil
}
