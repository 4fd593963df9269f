package picture_test

import (
	"bytes"
	"errors"
	"flag"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/smallwins/smallwins/bot/picture"
	"github.com/smallwins/smallwins/commands"
)

var update = flag.Bool("update", false, "write the thumbnails anew")

// drawn decodes a chart's picture.
func drawn(t testing.TB, painter *picture.Painter, chart commands.Chart) *image.RGBA {
	t.Helper()
	encoded, err := painter.Draw(chart)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := png.Decode(bytes.NewReader(encoded))
	if err != nil {
		t.Fatal(err)
	}
	if decoded.Bounds() != image.Rect(0, 0, picture.Width, picture.Height) {
		t.Fatalf("the picture is %v", decoded.Bounds())
	}
	return decoded.(*image.RGBA)
}

// thumbnail is a picture's brightness in squares of fifteen pixels: what a
// picture looks like from afar, the same on every machine.
func thumbnail(decoded *image.RGBA) *image.Gray {
	const square = 15
	small := image.NewGray(image.Rect(0, 0, picture.Width/square, picture.Height/square))
	for y := range small.Rect.Dy() {
		for x := range small.Rect.Dx() {
			sum := 0
			for i := range square * square {
				sum += brightness(decoded, x*square+i%square, y*square+i/square)
			}
			small.SetGray(x, y, color.Gray{Y: uint8(sum / (square * square))})
		}
	}
	return small
}

// brightness is how bright a pixel is, from 0 to 255.
func brightness(decoded *image.RGBA, x, y int) int {
	pixel := decoded.Pix[decoded.PixOffset(x, y):]
	return (299*int(pixel[0]) + 587*int(pixel[1]) + 114*int(pixel[2])) / 1000
}

func TestPicturesLookAsTheyWereApproved(t *testing.T) {
	t.Parallel()
	painter := picture.NewPainter()
	for name, chart := range samples() {
		got := thumbnail(drawn(t, painter, chart))
		path := filepath.Join("testdata", name+".png")
		if *update {
			var encoded bytes.Buffer
			if err := errors.Join(png.Encode(&encoded, got), os.WriteFile(path, encoded.Bytes(), 0o600)); err != nil {
				t.Fatal(err)
			}
			continue
		}
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		const leeway = 4 // of 255: what rounding may do to a square
		for i, is := range got.Pix {
			was := want.(*image.Gray).Pix[i]
			if math.Abs(float64(is)-float64(was)) > leeway {
				t.Errorf("%s: square %d is %d, was %d", name, i, is, was)
				break
			}
		}
	}
}

// colours counts the pixels of each colour.
func colours(decoded *image.RGBA) map[color.RGBA]int {
	counts := make(map[color.RGBA]int)
	for y := range picture.Height {
		for x := range picture.Width {
			counts[decoded.RGBAAt(x, y)]++
		}
	}
	return counts
}

var (
	blue       = color.RGBA{0x00, 0x72, 0xB2, 0xFF}
	green      = color.RGBA{0x00, 0x9E, 0x73, 0xFF}
	vermillion = color.RGBA{0xD5, 0x5E, 0x00, 0xFF}
	paleSky    = color.RGBA{0xCB, 0xE6, 0xF7, 0xFF}
)

func TestColoursStandForWhatTheyAreOf(t *testing.T) {
	t.Parallel()
	painter := picture.NewPainter()
	goal := goalChart(english)
	counts := colours(drawn(t, painter, goal))
	for colour, least := range map[color.RGBA]int{blue: 3000, green: 2500, vermillion: 100, paleSky: 20000} {
		if counts[colour] < least {
			t.Errorf("%d pixels are %v, want %d or more", counts[colour], colour, least)
		}
	}
	goal.Marks[1].Role = commands.MarkKept // nothing was missed
	goal.Bands = nil
	counts = colours(drawn(t, painter, goal))
	if counts[vermillion] != 0 || counts[paleSky] != 0 {
		t.Errorf("nothing is missed and nothing foreseen: %d and %d pixels say so", counts[vermillion], counts[paleSky])
	}
	funnel := funnelChart(english)
	weak := colours(drawn(t, painter, funnel))[vermillion]
	funnel.Bars[3].Weak = false
	if strong := colours(drawn(t, painter, funnel))[vermillion]; weak == 0 || strong != 0 {
		t.Errorf("the weak bar has %d pixels, without it there are %d", weak, strong)
	}
}

func TestLineIsWhereItsFiguresAre(t *testing.T) {
	t.Parallel()
	chart := goalChart(english)
	chart.Series = []commands.Series{{Role: commands.Actual, Points: []commands.Point{{At: 0, Value: 0}, {At: 31, Value: 25}}}}
	chart.Bands, chart.Marks, chart.Lead = nil, nil, ""
	decoded := drawn(t, picture.NewPainter(), chart)
	var first, last image.Point
	for x := range picture.Width {
		for y := range picture.Height {
			if decoded.RGBAAt(x, y) == blue {
				if first == (image.Point{}) {
					first = image.Pt(x, y)
				}
				last = image.Pt(x, y)
			}
		}
	}
	if first.X > 120 || first.Y < 560 || last.X < 1120 || last.Y > 200 {
		t.Errorf("the line runs from %v to %v", first, last)
	}
}

// edge is how much of a picture's rim must stay free of ink.
const edge = 14

func inkOnTheEdge(decoded *image.RGBA) int {
	inner := image.Rect(edge, edge, picture.Width-edge, picture.Height-edge)
	ink := 0
	for y := range picture.Height {
		for x := range picture.Width {
			if image.Pt(x, y).In(inner) {
				continue
			}
			if brightness(decoded, x, y) < 0xC0 {
				ink++
			}
		}
	}
	return ink
}

func TestTextStaysOnTheCard(t *testing.T) {
	t.Parallel()
	painter := picture.NewPainter()
	long := "ตัวแทนขายที่เก่งที่สุดในโลก WWWWWWWWWWWWWWWWWWWWWWWWWWWWWW ที่ขั้นใบเสนอราคา และต่อจากนั้นไปอีกยาวๆ จนถึงสิ้นเดือน"
	for name, chart := range map[string]commands.Chart{"goal": goalChart(thai), "history": historyChart(thai), "funnel": funnelChart(thai)} {
		chart.Title, chart.Lead = long, long+" "+long
		for i := range chart.Series {
			chart.Series[i].Name = long
		}
		for i := range chart.Bars {
			chart.Bars[i].Label = long
		}
		for i := range chart.Marks {
			chart.Marks[i].Label = long
		}
		if ink := inkOnTheEdge(drawn(t, painter, chart)); ink > 0 {
			t.Errorf("%s: %d pixels run over the edge", name, ink)
		}
	}
}

func TestUnknownCharactersAreLeftOut(t *testing.T) {
	t.Parallel()
	painter := picture.NewPainter()
	plain, strange := funnelChart(english), funnelChart(english)
	strange.Title = "🚀" + plain.Title + "漢字"
	if got, want := thumbnail(drawn(t, painter, strange)), thumbnail(drawn(t, painter, plain)); !bytes.Equal(got.Pix, want.Pix) {
		t.Error("something is drawn for characters without a glyph")
	}
}

func TestSameChartIsTheSameBytesForManyAtOnce(t *testing.T) {
	t.Parallel()
	painter := picture.NewPainter()
	all := map[string]commands.Chart{"goal": goalChart(thai), "funnel": funnelChart(english)}
	want := make(map[string][]byte)
	for name, chart := range all {
		encoded, err := picture.NewPainter().Draw(chart)
		if err != nil {
			t.Fatal(err)
		}
		want[name] = encoded
	}
	var many sync.WaitGroup
	for range 3 {
		many.Go(func() {
			for name, chart := range all {
				if got, err := painter.Draw(chart); err != nil || !bytes.Equal(got, want[name]) {
					t.Errorf("%s is drawn in another way: %v", name, err)
				}
			}
		})
	}
	many.Wait()
}

func TestWhatCannotBeDrawnIsAnError(t *testing.T) {
	t.Parallel()
	painter := picture.NewPainter()
	if _, err := painter.Draw(commands.Chart{Title: "Nothing"}); !errors.Is(err, picture.ErrNothingToDraw) {
		t.Errorf("a chart of nothing: %v", err)
	}
	broken := goalChart(english)
	broken.Series[0].Points[0].Value = math.NaN()
	if _, err := painter.Draw(broken); err == nil {
		t.Error("a figure that is no number was drawn")
	}
}
