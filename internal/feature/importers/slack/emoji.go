package slack

import "strings"

// emojis gives the character of the names that Slack's people use most. Other names, and
// the emoji that a workspace made itself, stay as ":name:".
var emojis = readEmojis(emojiTable)

func readEmojis(table string) map[string]string {
	m := map[string]string{}
	for l := range strings.Lines(table) {
		fields := strings.Fields(l)
		for i := 0; i+1 < len(fields); i += 2 {
			for name := range strings.SplitSeq(fields[i], ",") {
				m[name] = fields[i+1]
			}
		}
	}
	return m
}

const emojiTable = `
+1,thumbsup 👍 -1,thumbsdown 👎 ok_hand 👌 wave 👋 clap 👏 raised_hands 🙌 pray 🙏 muscle 💪 point_up ☝️ point_up_2 👆
point_down 👇 point_left 👈 point_right 👉 raised_hand,hand ✋ v ✌️ crossed_fingers 🤞 the_horns,sign_of_the_horns 🤘
call_me_hand 🤙 handshake 🤝 fist ✊ facepunch,punch 👊 open_hands 👐 palms_up_together 🤲 writing_hand ✍️ nail_care 💅 selfie 🤳
pinching_hand 🤏 heart_hands 🫶 saluting_face 🫡 i_love_you_hand_sign 🤟 spock-hand,vulcan_salute 🖖 middle_finger 🖕
grinning 😀 smiley 😃 smile 😄 grin 😁 laughing,satisfied 😆 sweat_smile 😅 joy 😂 rolling_on_the_floor_laughing,rofl 🤣
slightly_smiling_face 🙂 upside_down_face 🙃 wink 😉 blush 😊 innocent 😇 heart_eyes 😍 star-struck,grinning_face_with_star_eyes 🤩
kissing_heart 😘 kissing 😗 yum 😋 stuck_out_tongue 😛 stuck_out_tongue_winking_eye 😜 zany_face 🤪 money_mouth_face 🤑
hugging_face 🤗 face_with_hand_over_mouth 🤭 shushing_face 🤫 thinking_face,thinking 🤔 zipper_mouth_face 🤐
face_with_raised_eyebrow 🤨 neutral_face 😐 expressionless 😑 no_mouth 😶 smirk 😏 unamused 😒 face_with_rolling_eyes 🙄
grimacing 😬 lying_face 🤥 relieved 😌 pensive 😔 sleepy 😪 drooling_face 🤤 sleeping 😴 mask 😷 face_with_thermometer 🤒
nauseated_face 🤢 sneezing_face 🤧 hot_face 🥵 cold_face 🥶 woozy_face 🥴 dizzy_face 😵 exploding_head 🤯
face_with_cowboy_hat 🤠 partying_face 🥳 sunglasses 😎 nerd_face 🤓 face_with_monocle 🧐 confused 😕 worried 😟
slightly_frowning_face 🙁 white_frowning_face ☹️ open_mouth 😮 hushed 😯 astonished 😲 flushed 😳 pleading_face 🥺
frowning 😦 anguished 😧 fearful 😨 cold_sweat 😰 disappointed_relieved 😥 cry 😢 sob 😭 scream 😱 confounded 😖
persevere 😣 disappointed 😞 sweat 😓 weary 😩 tired_face 😫 yawning_face 🥱 triumph 😤 rage 😡 angry 😠 smiling_imp 😈
skull 💀 hankey,poop,shit 💩 clown_face 🤡 ghost 👻 alien 👽 robot_face 🤖 see_no_evil 🙈 hear_no_evil 🙉 speak_no_evil 🙊
melting_face 🫠 face_holding_back_tears 🥹 face_with_peeking_eye 🫣 smiling_face_with_tear 🥲 relaxed ☺️ smiling_face_with_3_hearts 🥰
kiss 💋 heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 black_heart 🖤 white_heart 🤍
broken_heart 💔 two_hearts 💕 sparkling_heart 💖 heartpulse 💗 heartbeat 💓 gift_heart 💝 100 💯 anger 💢 boom,collision 💥
dizzy 💫 sweat_drops 💦 dash 💨 hole 🕳️ bomb 💣 speech_balloon 💬 thought_balloon 💭 zzz 💤 eyes 👀 eye 👁️ brain 🧠 ear 👂
bust_in_silhouette 👤 busts_in_silhouette 👥 shrug 🤷 woman-shrugging 🤷‍♀️ man-shrugging 🤷‍♂️ face_palm,facepalm 🤦
woman-facepalming 🤦‍♀️ man-facepalming 🤦‍♂️ bow 🙇 raising_hand,raised_hand_with_fingers_splayed 🙋 no_good 🙅 ok_woman 🙆 technologist 🧑‍💻
female-technologist 👩‍💻 male-technologist 👨‍💻 dancer 💃 man_dancing 🕺 runner,running 🏃 walking 🚶 superhero 🦸 ninja 🥷 baby 👶
dog 🐶 cat 🐱 mouse 🐭 hamster 🐹 rabbit 🐰 fox_face 🦊 bear 🐻 panda_face 🐼 koala 🐨 tiger 🐯 lion_face 🦁 cow 🐮 pig 🐷 frog 🐸
monkey_face 🐵 monkey 🐒 chicken 🐔 penguin 🐧 bird 🐦 owl 🦉 unicorn_face,unicorn 🦄 bee,honeybee 🐝 bug 🐛 butterfly 🦋 snail 🐌
turtle 🐢 snake 🐍 octopus 🐙 crab 🦀 whale 🐳 dolphin,flipper 🐬 fish 🐟 sloth 🦥 duck 🦆 goat 🐐 parrot 🦜 paw_prints,feet 🐾 dragon 🐉
christmas_tree 🎄 evergreen_tree 🌲 palm_tree 🌴 cactus 🌵 seedling 🌱 herb 🌿 four_leaf_clover 🍀 maple_leaf 🍁 fallen_leaf 🍂
mushroom 🍄 bouquet 💐 tulip 🌷 rose 🌹 sunflower 🌻 cherry_blossom 🌸 earth_africa 🌍 earth_americas 🌎 earth_asia 🌏 full_moon 🌕 star ⭐
star2 🌟 sparkles ✨ zap ⚡ fire 🔥 rainbow 🌈 sunny,sun ☀️ partly_sunny ⛅ cloud ☁️ rain_cloud 🌧️ snowflake ❄️ snowman ⛄ umbrella ☂️ ocean 🌊
apple 🍎 banana 🍌 watermelon 🍉 grapes 🍇 strawberry 🍓 cherries 🍒 peach 🍑 pineapple 🍍 avocado 🥑 eggplant 🍆 hot_pepper 🌶️ bread 🍞
croissant 🥐 cheese_wedge 🧀 bacon 🥓 hamburger 🍔 fries 🍟 pizza 🍕 taco 🌮 burrito 🌯 popcorn 🍿 sushi 🍣 ramen 🍜 cookie 🍪 doughnut 🍩
cake 🍰 birthday 🎂 cupcake 🧁 chocolate_bar 🍫 candy 🍬 honey_pot 🍯 coffee ☕ tea 🍵 beer 🍺 beers 🍻 wine_glass 🍷 cocktail 🍸 tropical_drink 🍹
champagne 🍾 clinking_glasses 🥂 cup_with_straw 🥤 salt 🧂 egg 🥚 rice 🍚
tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁 trophy 🏆 medal 🏅 first_place_medal 🥇 second_place_medal 🥈 third_place_medal 🥉 soccer ⚽
basketball 🏀 tennis 🎾 dart 🎯 game_die 🎲 video_game 🎮 joystick 🕹️ art 🎨 microphone 🎤 headphones 🎧 guitar 🎸 musical_note 🎵 notes 🎶
clapper 🎬 ticket 🎫 jigsaw 🧩 bicyclist 🚴 checkered_flag 🏁 triangular_flag_on_post 🚩 rainbow-flag 🏳️‍🌈 waving_white_flag 🏳️ crossed_flags 🎌
car,red_car 🚗 bus 🚌 train 🚋 bike 🚲 airplane ✈️ rocket 🚀 ship 🚢 anchor ⚓ construction 🚧 rotating_light 🚨 vertical_traffic_light 🚦
world_map 🗺️ house 🏠 office 🏢 hospital 🏥 factory 🏭 beach_with_umbrella 🏖️ mountain ⛰️ tent ⛺
watch ⌚ iphone 📱 computer 💻 desktop_computer 🖥️ keyboard ⌨️ printer 🖨️ floppy_disk 💾 cd 💿 camera 📷 movie_camera 🎥 tv 📺 telephone,phone ☎️
battery 🔋 electric_plug 🔌 bulb 💡 flashlight 🔦 wrench 🔧 hammer 🔨 hammer_and_wrench 🛠️ gear ⚙️ nut_and_bolt 🔩 toolbox 🧰 magnet 🧲
microscope 🔬 telescope 🔭 test_tube 🧪 dna 🧬 pill 💊 syringe 💉 door 🚪 bed 🛏️ shopping_trolley 🛒 key 🔑 lock 🔒 unlock 🔓 shield 🛡️
money_with_wings 💸 moneybag 💰 dollar 💵 euro 💶 credit_card 💳 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊
email,envelope ✉️ e-mail 📧 inbox_tray 📥 outbox_tray 📤 package 📦 mailbox 📫 memo,pencil 📝 pencil2 ✏️ page_facing_up 📄 clipboard 📋
calendar 📆 date 📅 pushpin 📌 round_pushpin 📍 paperclip 📎 straight_ruler 📏 scissors ✂️ file_folder 📁 open_file_folder 📂 card_index 📇
books 📚 book 📖 bookmark 🔖 newspaper 📰 link 🔗 mag 🔍 mag_right 🔎 bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 hourglass ⌛
hourglass_flowing_sand ⏳ alarm_clock ⏰ stopwatch ⏱️ crystal_ball 🔮 label 🏷️ wastebasket 🗑️ broom 🧹 receipt 🧾
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ heavy_plus_sign ➕ heavy_minus_sign ➖
question ❓ grey_question ❔ exclamation,heavy_exclamation_mark ❗ bangbang ‼️ interrobang ⁉️ warning ⚠️ no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑
red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 white_circle ⚪ black_circle ⚫
large_green_square 🟩 large_red_square 🟥 recycle ♻️ infinity ♾️ heavy_dollar_sign 💲 copyright ©️ tm ™️ new 🆕 free 🆓 up 🆙 cool 🆒 ok 🆗 sos 🆘
information_source ℹ️ arrow_up ⬆️ arrow_down ⬇️ arrow_left ⬅️ arrow_right ➡️ arrow_upper_right ↗️ arrow_lower_right ↘️ arrows_counterclockwise 🔄
leftwards_arrow_with_hook ↩️ arrow_forward ▶️ fast_forward ⏩ rewind ⏪ double_vertical_bar ⏸️ black_square_for_stop ⏹️ repeat 🔁
zero 0️⃣ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟 hash #️⃣
a 🅰️ b 🅱️ o2 🅾️ o ⭕ m Ⓜ️ speaking_head_in_silhouette 🗣️ dark_sunglasses 🕶️ crown 👑 gem 💎 ring 💍 tophat 🎩 graduation_cap,mortar_board 🎓
flag-us,us 🇺🇸 flag-gb,gb,uk 🇬🇧 flag-de,de 🇩🇪 flag-fr,fr 🇫🇷 flag-es,es 🇪🇸 flag-it,it 🇮🇹 flag-jp,jp 🇯🇵 flag-kr,kr 🇰🇷 flag-cn,cn 🇨🇳
flag-in 🇮🇳 flag-br 🇧🇷 flag-ca 🇨🇦 flag-nl 🇳🇱 flag-tw 🇹🇼 flag-gh 🇬🇭 flag-eu 🇪🇺 flag-ua 🇺🇦
`
