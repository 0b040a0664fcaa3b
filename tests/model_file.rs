//! Model files that are wrong, cut or altered are refused with the right error.

use pausepoint::classify::model::{Header, ModelError, ModelFile, RequantHeader};
use pausepoint::classify::{Classifier, kernels::portable::Portable, network::Network};
use pausepoint::{AgeBand, Guard, GuardError, Limits, Policy};

mod common;

fn error(bytes: &[u8]) -> Option<ModelError> {
    ModelFile::parse(bytes.to_vec()).err()
}

/// Puts a right digest on altered content.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let content = bytes.len() - 32;
    let digest = blake3::hash(&bytes[..content]);
    bytes[content..].copy_from_slice(digest.as_bytes());
    bytes
}

/// Replaces text in the header by text of the same length.
fn edited(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let at = bytes.windows(from.len()).position(|w| w == from.as_bytes()).expect("the header has it");
    let mut bytes = bytes.to_vec();
    bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    sealed(bytes)
}

#[test]
fn cut_files_are_refused() {
    let Some(model) = common::model("small") else { return };
    assert_eq!(error(&model), None);
    assert_eq!(error(&[]), Some(ModelError::Magic));
    assert_eq!(error(&model[..4]), Some(ModelError::Magic));
    for length in [8, 11, 15, 20, 23, 24, 55, 56, 1000, model.len() / 2, model.len() - 1] {
        assert_eq!(error(&model[..length]), Some(ModelError::Length), "cut at {length}");
    }
    let mut longer = model.clone();
    longer.push(0);
    assert_eq!(error(&longer), Some(ModelError::Length));
}

#[test]
fn altered_files_are_refused() {
    let Some(model) = common::model("small") else { return };
    for at in (24..model.len()).step_by(model.len() / 40).chain([model.len() - 1]) {
        let mut altered = model.clone();
        altered[at] ^= 1;
        assert_eq!(error(&altered), Some(ModelError::Digest), "altered at {at}");
    }
}

#[test]
fn wrong_files_are_refused() {
    let Some(model) = common::model("small") else { return };
    assert_eq!(error(b"\x89PNG\r\n\x1a\n and so on"), Some(ModelError::Magic));
    let mut future = model.clone();
    future[8] = 3;
    let mut past = model.clone();
    past[8] = 1;
    assert_eq!(error(&sealed(past)), Some(ModelError::Version));
    assert_eq!(error(&sealed(future)), Some(ModelError::Version));
}

#[test]
fn headers_that_do_not_fit_are_refused() {
    let Some(model) = common::model("small") else { return };
    for (from, to) in [
        ("\"drawing\"", "\"Drawing\""),
        ("\"stride\":2", "\"stride\":3"),
        ("\"stride\":2", "\"stride\":1"),
        ("\"output\":32", "\"output\":31"),
        ("\"output\":32", "\"output\":40"),
        ("\"input\":3,", "\"input\":4,"),
        ("\"shift\":3", "\"shift\":9"),
        ("\"max\":16383", "\"max\":-6383"),
        ("\"max\":16383", "\"max\":00000"),
        // More than the fourteen bits that a pointwise convolution takes.
        ("\"max\":8191", "\"max\":8192"),
        ("\"expand\":{", "\"expant\":{"),
        ("\"fixed-point\"", "\"fixed-joint\""),
        ("\"stem\"", "\"stam\""),
        ("\"residual\":false", "\"residual\":true "),
    ] {
        assert_eq!(error(&edited(&model, from, to)), Some(ModelError::Header), "{from} → {to}");
    }
}

#[test]
fn weights_that_could_overflow_are_refused() {
    let Some(model) = common::model("small") else { return };
    // Inputs of up to 128 · 255 in 27 products, shifted left by 8, need more than 32 bits.
    let mut header = header(&model);
    header.input_scale = 128;
    if let RequantHeader::FixedPoint { shift, .. } = &mut header.stem.requant {
        *shift = 8;
    }
    assert_eq!(error(&ModelFile::encode(&header, data(&model))), Some(ModelError::Overflow));
}

#[test]
fn an_input_that_needs_more_than_sixteen_bits_on_the_way_is_refused() {
    let Some(model) = common::model("small") else { return };
    let mut header = header(&model);
    (header.input_scale, header.input_offset) = (200, -30_000);
    assert_eq!(error(&ModelFile::encode(&header, data(&model))), Some(ModelError::Header));
}

#[test]
fn powers_of_two_are_checked() {
    let Some(model) = common::model("mid") else { return };
    let RequantHeader::PowerOfTwo { biases, .. } = header(&model).stem.requant else {
        panic!("the first layer chooses its step")
    };
    let mut further = header(&model);
    further.stem.requant = RequantHeader::PowerOfTwo { biases, shift: 13 };
    assert_eq!(error(&ModelFile::encode(&further, data(&model))), Some(ModelError::Header));

    let mut biased = data(&model).to_vec();
    for bias in biased[biases.0 as usize..][..biases.1 as usize].as_chunks_mut().0 {
        *bias = i32::MAX.to_le_bytes();
    }
    assert_eq!(error(&ModelFile::encode(&header(&model), &biased)), Some(ModelError::Overflow));
}

fn header(model: &[u8]) -> Header {
    ModelFile::parse(model.to_vec()).expect("the model loads").header().clone()
}

fn data(model: &[u8]) -> &[u8] {
    &model[24 + header_len(model)..model.len() - 32]
}

fn header_len(model: &[u8]) -> usize {
    u32::from_le_bytes(model[12..16].try_into().expect("four bytes")) as usize
}

#[test]
fn a_valid_file_that_was_not_published_is_refused_by_the_guard_only() {
    let Some(model) = common::model("small") else { return };
    let other = edited(&model, "\"licence\":\"MIT", "\"licence\":\"XYZ");
    assert!(Classifier::new(other.clone()).is_ok());
    let policy = Policy::preset(AgeBand::Under13).expect("presets are valid");
    let refused = Guard::new(other, policy, Limits::default()).err();
    assert_eq!(refused, Some(GuardError::Model(ModelError::Unpublished)));
}

#[test]
fn both_published_models_load() {
    for name in ["mid", "small"] {
        let Some(model) = common::model(name) else { return };
        let file = ModelFile::parse(model).expect("the model loads");
        assert_eq!(file.header().name, name);
        assert!(file.header().licence.contains("MIT"));
        assert!(Network::<Portable>::new(file).is_ok());
    }
}
