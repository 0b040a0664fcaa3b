//! What follows from scores: presets, thresholds, directions, and what is said of what could not be checked.

use pausepoint::classify::Scores;
use pausepoint::classify::softmax::Probability;
use pausepoint::image::tiles::{MAX_TILES, tiles};
use pausepoint::policy::{PictureRules, PictureView, Thresholds, TileRules};
use pausepoint::{
    Action, AgeBand, Context, Direction, Guard, Limits, Pixels, Policy, PolicyError, Reason, Watch,
};

mod common;

const BANDS: [AgeBand; 4] = [AgeBand::Under13, AgeBand::From13To15, AgeBand::From16To17, AgeBand::Adult];
const DIRECTIONS: [Direction; 2] = [Direction::Outgoing, Direction::Incoming];

fn preset(band: AgeBand) -> Policy {
    Policy::preset(band).expect("presets are valid")
}

/// Scores with these shares in per cent; the rest is neutral.
fn scores(hentai: u32, porn: u32, sexy: u32) -> Scores {
    let percent = |p: u32| Probability::from_millionths(p * 10_000);
    Scores([percent(0), percent(hentai), percent(100 - hentai - porn - sexy), percent(porn), percent(sexy)])
}

#[test]
fn presets_are_valid_and_for_their_band() {
    for band in BANDS {
        // Written down and read again, it passes every check.
        let text = serde_json::to_string(&preset(band)).expect("JSON");
        assert_eq!(Policy::from_json(&text), Ok(preset(band)));
        assert_eq!(PictureView::from_json(&text), Ok(preset(band).into()));
        assert_eq!(preset(band).age_band, band);
    }
    assert_eq!(AgeBand::default(), AgeBand::Under13);
}

#[test]
fn a_younger_band_is_never_milder() {
    for direction in DIRECTIONS {
        for pair in BANDS.windows(2) {
            let (younger, older) = (preset(pair[0]), preset(pair[1]));
            for hentai in (0..=100).step_by(5) {
                for sexy in (0..=100 - hentai).step_by(5) {
                    let seen = scores(hentai, 0, sexy);
                    let (strict, _) = younger.picture.rules(direction).judge(&seen);
                    let (mild, _) = older.picture.rules(direction).judge(&seen);
                    assert!(strict >= mild, "{pair:?} {direction:?} {seen:?}");
                }
            }
            let (strict, mild) = (younger.picture.rules(direction), older.picture.rules(direction));
            assert!(strict.unchecked >= mild.unchecked, "{pair:?}");
            assert!(
                strict.listed.own >= mild.listed.own && strict.listed.issued >= mild.listed.issued,
                "{pair:?}"
            );
        }
    }
}

#[test]
fn a_younger_band_is_never_told_on_less_nor_left_alone_more() {
    for pair in BANDS.windows(2) {
        let (younger, older) = (preset(pair[0]), preset(pair[1]));
        assert!(younger.message.sensitivity >= older.message.sensitivity, "{pair:?}");
        assert!(younger.message.outgoing_details >= older.message.outgoing_details, "{pair:?}");
        assert!(younger.pause.metadata >= older.pause.metadata, "{pair:?}");
        assert!(younger.pause.way_on >= older.pause.way_on, "{pair:?}");
        assert!(younger.relaxations.longest_hours <= older.relaxations.longest_hours, "{pair:?}");
        assert!(younger.relaxations.need_guardian >= older.relaxations.need_guardian, "{pair:?}");
        assert!(older.guardian.sees.iter().all(|seen| younger.guardian.sees.contains(seen)), "{pair:?}");
        assert!(older.guardian.decides.iter().all(|decided| younger.guardian.decides.contains(decided)));
    }
}

#[test]
fn no_policy_watches_covertly_or_lets_go_for_long() {
    let read = |band: AgeBand, change: &dyn Fn(&mut serde_json::Value)| {
        let mut json = serde_json::to_value(preset(band)).expect("JSON");
        change(&mut json);
        Policy::from_json(&json.to_string()).map(drop)
    };
    let older = AgeBand::From16To17;
    assert_eq!(read(older, &|p| p["guardian"]["sees"] = serde_json::json!(["settings"])), Ok(()));
    for (field, value) in [
        ("sees", serde_json::json!(["settings", "approval-requests"])),
        ("decides", serde_json::json!(["contact-approvals"])),
        ("told_to_teen", false.into()),
        ("sign_when_active", false.into()),
    ] {
        assert_eq!(
            read(older, &|p| p["guardian"][field] = value.clone()),
            Err(PolicyError::Covert),
            "{field}"
        );
    }
    for never in ["pictures", "messages", "scores", "hashes", "journal"] {
        for band in BANDS {
            let refused = read(band, &|p| p["guardian"]["sees"] = serde_json::json!([never]));
            assert_eq!(refused, Err(PolicyError::Form), "{never}");
        }
    }
    assert_eq!(read(older, &|p| p["relaxations"]["longest_hours"] = 168.into()), Ok(()));
    assert_eq!(
        read(older, &|p| p["relaxations"]["longest_hours"] = 169.into()),
        Err(PolicyError::Relaxations)
    );
    // What is left out is the preset's.
    let left_out = read(older, &|p| {
        let fields = p.as_object_mut().expect("an object");
        fields.retain(|name, _| ["version", "age_band", "picture"].contains(&name.as_str()));
    });
    assert_eq!(left_out, Ok(()));
}

#[test]
fn explicit_is_photographs_and_drawings_together() {
    let policy = preset(AgeBand::From13To15);
    let rules = policy.picture.rules(Direction::Outgoing);
    assert_eq!(rules.judge(&scores(0, 0, 0)), (Action::Allow, vec![]));
    assert_eq!(rules.judge(&scores(20, 20, 0)), (Action::Warn, vec![Reason::Explicit]));
    assert_eq!(rules.judge(&scores(10, 80, 0)), (Action::Block, vec![Reason::Explicit]));
    assert_eq!(rules.judge(&scores(0, 0, 90)), (Action::Warn, vec![Reason::Suggestive]));
    assert_eq!(rules.judge(&scores(0, 20, 65)), (Action::Warn, vec![Reason::Suggestive, Reason::Explicit]));
}

#[test]
fn a_threshold_is_reached_at_its_value() {
    let policy = preset(AgeBand::From13To15);
    let at = |millionths| policy.picture.outgoing.explicit.action(Probability::from_millionths(millionths));
    assert_eq!(at(299_999), Action::Notice);
    assert_eq!(at(300_000), Action::Warn);
    assert_eq!(at(799_999), Action::Warn);
    assert_eq!(at(800_000), Action::Block);
}

#[test]
fn policies_of_ones_own_are_checked() {
    let json = serde_json::to_value(preset(AgeBand::Under13)).expect("serialises");
    let read = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut json = json.clone();
        change(&mut json);
        let text = json.to_string();
        let read = Policy::from_json(&text).map(drop);
        // A guard reads the part about pictures only, to the same end.
        assert_eq!(PictureView::from_json(&text).map(drop), read);
        read
    };
    assert_eq!(read(&|_| {}), Ok(()));
    assert_eq!(
        read(&|p| p["picture"]["outgoing"]["explicit"]["warn"] = 1.5.into()),
        Err(PolicyError::Thresholds)
    );
    assert_eq!(
        read(&|p| p["picture"]["outgoing"]["explicit"]["warn"] = 0.05.into()),
        Err(PolicyError::Thresholds)
    );
    assert_eq!(
        read(&|p| p["picture"]["incoming"]["suggestive"]["notice"] = (-0.1).into()),
        Err(PolicyError::Thresholds)
    );
    assert_eq!(
        read(&|p| p["picture"]["incoming"]["unchecked"] = "unchecked".into()),
        Err(PolicyError::Unchecked)
    );
    assert_eq!(
        read(&|p| p["picture"]["incoming"]["listed"]["own"] = "unchecked".into()),
        Err(PolicyError::Unchecked)
    );
    assert_eq!(read(&|p| p["picture"]["incoming"]["unchecked"] = "shrug".into()), Err(PolicyError::Form));
    assert_eq!(read(&|p| p["picture"]["sideways"] = 1.into()), Err(PolicyError::Form));
    assert_eq!(read(&|p| p["version"] = "".into()), Err(PolicyError::Version));
    assert_eq!(read(&|p| p["version"] = "x".repeat(65).into()), Err(PolicyError::Version));
    assert_eq!(read(&|p| p["age_band"] = "12".into()), Err(PolicyError::Form));
    assert_eq!(Policy::from_json("{"), Err(PolicyError::Form));

    let tiles = |explicit: serde_json::Value| {
        let never = serde_json::json!({ "notice": null, "warn": null, "block": null });
        read(&|p| {
            p["picture"]["outgoing"]["tiles"] =
                serde_json::json!({ "explicit": explicit, "suggestive": never })
        })
    };
    assert_eq!(tiles(serde_json::json!({ "notice": 0.5, "warn": 0.9, "block": null })), Ok(()));
    assert_eq!(
        tiles(serde_json::json!({ "notice": 0.9, "warn": 0.5, "block": null })),
        Err(PolicyError::Thresholds)
    );
    assert_eq!(tiles(serde_json::json!({ "often": 0.9 })), Err(PolicyError::Form));
    assert_eq!(read(&|p| p["picture"]["outgoing"]["tiles"] = "yes".into()), Err(PolicyError::Form));
    // Policies that were written before there were tiles.
    let mut older = json.clone();
    older["picture"]["outgoing"].as_object_mut().expect("an object").remove("tiles");
    let older = Policy::from_json(&older.to_string()).expect("still a policy");
    assert_eq!(older.picture.rules(Direction::Outgoing).tiles, None);
}

/// A policy that warns of every tile, and of no whole picture.
fn of_tiles_only() -> Policy {
    let never = Thresholds { notice: None, warn: None, block: None };
    let mut policy = preset(AgeBand::From13To15);
    policy.picture.outgoing.explicit = never;
    policy.picture.outgoing.suggestive = never;
    policy.picture.outgoing.tiles =
        Some(TileRules { explicit: Thresholds { warn: Some(0.0), ..never }, suggestive: never });
    policy
}

#[test]
fn a_tile_has_its_own_thresholds() {
    let policy = of_tiles_only();
    let rules = policy.picture.rules(Direction::Outgoing);
    assert_eq!(rules.judge(&scores(0, 99, 0)).0, Action::Allow);
    assert_eq!(rules.judge_tile(&scores(0, 0, 0)), (Action::Warn, vec![Reason::Explicit]));
    let whole = preset(AgeBand::From13To15);
    assert_eq!(
        PictureRules { tiles: None, ..*whole.picture.rules(Direction::Outgoing) }
            .judge_tile(&scores(0, 99, 0))
            .0,
        Action::Allow
    );
}

#[test]
fn what_is_small_in_a_picture_is_judged_as_if_it_were_alone() {
    use image::imageops::{crop_imm, overlay};
    let Some(model) = common::model("small") else { return };
    let png = |picture: image::RgbImage| {
        corpus::synthetic::encode(&picture.into(), image::ImageFormat::Png).expect("encodes")
    };
    // Dazzling stripes in one corner of a calm picture; nothing else has them.
    let mut picture = corpus::scene::harbour(1600, 1200);
    let patch = image::RgbImage::from_fn(400, 400, |x, y| {
        image::Rgb([(x * 13) as u8, if (x / 20 + y / 30) % 2 == 0 { 240 } else { 30 }, (y * 7) as u8])
    });
    overlay(&mut picture, &patch, 1100, 750);

    let mut alone =
        Guard::new(model.clone(), preset(AgeBand::From13To15), Limits::default()).expect("the model loads");
    let mut guard = Guard::new(model, of_tiles_only(), Limits::default()).expect("the model loads");
    let verdict = guard.check_image(&png(picture.clone()), &Context::default());
    let looked = verdict.looked.expect("it was looked at");
    assert_eq!((verdict.action, looked.looks, looked.frames_looked), (Action::Warn, 5, 1));
    let worst = looked.worst_tile.expect("only tiles warn");

    let mut risks = Vec::new();
    for tile in tiles(1600, 1200, MAX_TILES) {
        let part = crop_imm(&picture, tile.x, tile.y, tile.width, tile.height).to_image();
        let scores = alone.logits(&png(part)).expect("decodes")[0];
        let scores = Scores(pausepoint::classify::softmax::softmax(&scores));
        if tile == worst {
            assert_eq!(Some(scores), verdict.scores);
        }
        risks.push((scores.risk(), tile));
    }
    assert_eq!(risks.len(), 4);
    assert_eq!(risks.iter().max_by_key(|(risk, _)| *risk).map(|(_, tile)| *tile), Some(worst));

    // The other direction has no tiles, and a live frame has none either.
    let incoming = Context { direction: Direction::Incoming };
    let looked = guard.check_image(&png(picture.clone()), &incoming).looked.expect("it was looked at");
    assert_eq!((looked.looks, looked.worst_tile), (1, None));
    let rgba = image::DynamicImage::from(picture).to_rgba8();
    let pixels = Pixels { rgba: &rgba, width: 1600, height: 1200, format: "video-frame" };
    let seen = guard.watch(&mut Watch::default(), &pixels, 1_000, &Context::default());
    assert_eq!(seen.report.action, Action::Allow);
    assert_eq!(guard.check_pixels(&pixels, &Context::default()).action, Action::Warn);
}

#[test]
fn unchecked_says_what_the_band_does_with_it() {
    let Some(model) = common::model("small") else { return };
    for band in BANDS {
        let policy = preset(band);
        let mut guard =
            Guard::new(model.clone(), policy.clone(), Limits::default()).expect("the model loads");
        for direction in DIRECTIONS {
            let verdict = guard.check_image(b"not a picture", &Context { direction });
            assert_eq!(verdict.action, Action::Unchecked);
            assert_eq!(verdict.reasons, [Reason::UnknownFormat]);
            assert_eq!(verdict.fallback, Some(policy.picture.rules(direction).unchecked));
            assert_eq!((verdict.scores, verdict.risk, verdict.looked), (None, None, None));
        }
    }
}

#[test]
fn a_verdict_says_what_was_looked_at() {
    let Some(model) = common::model("small") else { return };
    let mut guard =
        Guard::new(model, preset(AgeBand::From13To15), Limits::default()).expect("the model loads");
    let gif = corpus::synthetic::moving_gif(&corpus::scene::harbour(120, 80), 20).expect("encodes");
    let verdict = guard.check_image(&gif, &Context::default());
    let looked = verdict.looked.expect("it was looked at");
    assert_eq!((looked.format.as_str(), looked.width, looked.height), ("gif", 120, 80));
    assert_eq!((looked.frames_total, looked.frames_looked), (20, 8));
    let scores = verdict.scores.expect("it was judged");
    assert_eq!(verdict.risk, Some(scores.risk().as_f64()));
    let sum: u32 = scores.0.iter().map(|p| p.millionths()).sum();
    assert!((999_990..=1_000_010).contains(&sum));
    assert_eq!(verdict.model, "small");

    // The frame that is named is the one with the largest risk, judged alone.
    let frames: Vec<f64> = guard
        .logits(&gif)
        .expect("decodes")
        .iter()
        .map(|logits| Scores(pausepoint::classify::softmax::softmax(logits)).risk().as_f64())
        .collect();
    let worst = frames.iter().copied().fold(0.0, f64::max);
    assert_eq!(Some(worst), verdict.risk);
}
