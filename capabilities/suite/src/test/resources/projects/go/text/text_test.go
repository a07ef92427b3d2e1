package text

import "testing"

func TestAdds(t *testing.T) {}

func TestIsSkipped(t *testing.T) { t.Skip("later") }
