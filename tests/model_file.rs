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
    future[8] = 4;
    let mut past = model.clone();
    past[8] = 2;
    assert_eq!(error(&sealed(past)), Some(ModelError::Version));
    assert_eq!(error(&sealed(future)), Some(ModelError::Version));
}

#[test]
fn headers_that_do_not_fit_are_refused() {
    let Some(model) = common::model("small") else { return };
    type Edit = fn(&mut Header);
    let edits: [(&str, Edit); 12] = [
        ("another class", |h| h.classes[0] = "Drawing".into()),
        ("a class too few", |h| drop(h.classes.pop())),
        ("a stride of 3", |h| h.stem.stride = 3),
        ("a stride that leaves too many rows", |h| h.stem.stride = 1),
        ("a ragged number of channels", |h| h.stem.output = 31),
        ("more channels than the next takes", |h| h.stem.output = 40),
        ("more channels than a picture has", |h| h.stem.input = 4),
        ("a large shift", |h| match &mut h.stem.requant {
            RequantHeader::PowerOfTwo { shift, .. } => *shift = 13,
            RequantHeader::FixedPoint { shift, .. } => *shift = 9,
        }),
        ("nothing between smallest and largest", |h| h.stem.max = h.stem.min - 1),
        // More than the fourteen bits that a pointwise convolution takes.
        ("a linear layer that is too wide", |h| h.blocks[0].project.max = 8192),
        ("a block that widens without widening", |h| h.blocks[1].expand = None),
        ("an addition of what does not fit", |h| h.blocks[0].residual = true),
    ];
    for (what, edit) in edits {
        let mut header = header(&model);
        edit(&mut header);
        assert_eq!(error(&ModelFile::encode(&header, data(&model))), Some(ModelError::Header), "{what}");
    }
    // Not a header at all, and one that ends early.
    for at in [24, 24 + header_len(&model) / 2] {
        let mut broken = model.clone();
        broken[at..at + 8].fill(0xff);
        assert_eq!(error(&sealed(broken)), Some(ModelError::Header), "broken at {at}");
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
    let mut header = header(&model);
    header.licence = "XYZ".into();
    let other = ModelFile::encode(&header, data(&model));
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
