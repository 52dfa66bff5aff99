package auth

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/db"
)

// MembersOf lists who signs in with an address, in all workspaces: one person in each.
// It does not check who asks.
func (s *Service) MembersOf(ctx context.Context, q db.Queryer, address string) ([]people.Person, error) {
	account, ok, err := loadAccount(ctx, q, people.FoldEmail(address))
	if err != nil || !ok {
		return nil, err
	}
	rows, err := loadMembers(ctx, q, account.AccountID)
	if err != nil {
		return nil, err
	}
	out := make([]people.Person, 0, len(rows))
	for _, r := range rows {
		p, err := s.people.Get(ctx, q, r.WorkspaceID, r.PersonID)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}
