package calc

import (
	"os"
	"testing"
)

func TestIsEmpty(t *testing.T) {}

func TestCounts(t *testing.T) {
	t.Run("one", func(t *testing.T) {})
	t.Run("two", func(t *testing.T) {})
}

func TestFails(t *testing.T) {
	t.Errorf("1 is not 2")
}

func TestPassesTheSecondTime(t *testing.T) {
	seen := os.Getenv("SEEN")
	if _, err := os.Stat(seen); err != nil {
		os.WriteFile(seen, nil, 0o600)
		t.Fatal("not yet")
	}
}
