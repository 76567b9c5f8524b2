//! The rows of regions: AWS's own codes, and the places as AWS and its users call them.
//!
//! Not which endpoint a region has (`partition`). It grows by a row when AWS opens a region
//! (`cargo xtask regions` adds it).
//! Source: AWS General Reference, "Regions and zones"; its Japanese edition for the Japanese places.

use super::RegionFact;

const fn region(
    code: &'static str,
    place: &'static str,
    japanese: &'static str,
    kana: &'static str,
    partition: &'static str,
) -> RegionFact {
    RegionFact { code, place, japanese, kana, partition }
}

pub(super) static REGIONS: &[RegionFact] = &[
    region("us-east-1", "N. Virginia", "バージニア北部", "ばーじにあほくぶ", "aws"),
    region("us-east-2", "Ohio", "オハイオ", "おはいお", "aws"),
    region("us-west-1", "N. California", "北カリフォルニア", "きたかりふぉるにあ", "aws"),
    region("us-west-2", "Oregon", "オレゴン", "おれごん", "aws"),
    region("af-south-1", "Cape Town", "ケープタウン", "けーぷたうん", "aws"),
    region("ap-east-1", "Hong Kong", "香港", "ほんこん", "aws"),
    region("ap-east-2", "Taipei", "台北", "たいぺい", "aws"),
    region("ap-northeast-1", "Tokyo", "東京", "とうきょう", "aws"),
    region("ap-northeast-2", "Seoul", "ソウル", "そうる", "aws"),
    region("ap-northeast-3", "Osaka", "大阪", "おおさか", "aws"),
    region("ap-south-1", "Mumbai", "ムンバイ", "むんばい", "aws"),
    region("ap-south-2", "Hyderabad", "ハイデラバード", "はいでらばーど", "aws"),
    region("ap-southeast-1", "Singapore", "シンガポール", "しんがぽーる", "aws"),
    region("ap-southeast-2", "Sydney", "シドニー", "しどにー", "aws"),
    region("ap-southeast-3", "Jakarta", "ジャカルタ", "じゃかるた", "aws"),
    region("ap-southeast-4", "Melbourne", "メルボルン", "めるぼるん", "aws"),
    region("ap-southeast-5", "Malaysia", "マレーシア", "まれーしあ", "aws"),
    region("ap-southeast-6", "New Zealand", "ニュージーランド", "にゅーじーらんど", "aws"),
    region("ap-southeast-7", "Thailand", "タイ", "たい", "aws"),
    region("ca-central-1", "Canada Central", "カナダ中部", "かなだちゅうぶ", "aws"),
    region("ca-west-1", "Calgary", "カルガリー", "かるがりー", "aws"),
    region("eu-central-1", "Frankfurt", "フランクフルト", "ふらんくふると", "aws"),
    region("eu-central-2", "Zurich", "チューリッヒ", "ちゅーりっひ", "aws"),
    region("eu-north-1", "Stockholm", "ストックホルム", "すとっくほるむ", "aws"),
    region("eu-south-1", "Milan", "ミラノ", "みらの", "aws"),
    region("eu-south-2", "Spain", "スペイン", "すぺいん", "aws"),
    region("eu-west-1", "Ireland", "アイルランド", "あいるらんど", "aws"),
    region("eu-west-2", "London", "ロンドン", "ろんどん", "aws"),
    region("eu-west-3", "Paris", "パリ", "ぱり", "aws"),
    region("il-central-1", "Tel Aviv", "テルアビブ", "てるあびぶ", "aws"),
    region("me-central-1", "UAE", "アラブ首長国連邦", "あらぶしゅちょうこくれんぽう", "aws"),
    region("me-south-1", "Bahrain", "バーレーン", "ばーれーん", "aws"),
    region("mx-central-1", "Mexico Central", "メキシコ中部", "めきしこちゅうぶ", "aws"),
    region("sa-east-1", "São Paulo", "サンパウロ", "さんぱうろ", "aws"),
    region("cn-north-1", "Beijing", "北京", "ぺきん", "aws-cn"),
    region("cn-northwest-1", "Ningxia", "寧夏", "ねいか", "aws-cn"),
    region("us-gov-east-1", "US-East", "米国東部", "べいこくとうぶ", "aws-us-gov"),
    region("us-gov-west-1", "US-West", "米国西部", "べいこくせいぶ", "aws-us-gov"),
    region("eusc-de-east-1", "Brandenburg", "ブランデンブルク", "ぶらんでんぶるく", "aws-eusc"),
];
