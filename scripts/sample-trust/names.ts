import type { Random } from './prng.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const WOMEN = words(`
Abigail Adaeze Aisha Alison Amara Amelia Ana Angela Anita Anjali Ayesha Barbara Beata Bethan Blessing Bronwen Carmen
Caroline Catherine Charlotte Chipo Chloë Christine Claire Danielle Deborah Diane Donna Ebony Eilidh Eleanor Elizabeth
Emily Emma Esther Eun Farah Fatima Fiona Folake Funmilayo Gemma Georgia Grace Halima Hannah Harriet Helen Hina Holly
Imogen Ines Ioana Jacqueline Janet Jasmine Jean Jennifer Jessica Joanne Jodie Joy Judith Julie Karen Kateryna Kavita
Kelly Khadija Kirsty Laura Leanne Leila Linda Lorraine Lucy Maeve Magdalena Mairead Margaret Maria Marisol Mary Megan
Mei Meera Michelle Mihaela Miriam Molly Monika Nadia Naomi Natalie Ngozi Niamh Nicola Nisha Olivia Oluchi Patricia
Pauline Philippa Poppy Precious Priya Rachel Rebecca Renée Reshma Rosa Rosie Ruth Sabina Sadia Samantha Sandra Sarah
Sharon Shauna Siân Simone Sinéad Sophie Stephanie Sunita Susan Tamara Tanya Tendai Teresa Thandiwe Tracey Uzma Valerie
Vanessa Victoria Wai Wendy Xin Yasmin Yvonne Zainab Zara Zoë`);

const MEN = words(`
Aaron Abdul Adam Adebayo Ahmed Akash Alan Alastair Alexander Alun Amir Andrew Anthony Arjun Ashok Babatunde Barry
Benjamin Bilal Brian Callum Carl Charles Chidi Christopher Ciarán Colin Connor Craig Daniel Darren David Declan Deepak
Dennis Derek Dominic Douglas Duncan Dylan Edward Emeka Eoin Eric Ethan Faisal Feng Fergus Francis Gareth Gary Geoffrey
George Gerard Glenn Graham Gurpreet Hamza Harjit Harry Hassan Henry Hugh Hywel Iain Ibrahim Idris Imran Ivan Jack
Jacob Jamal James Jason Jerome Joel John Jonathan Jorge José Joseph Joshua Kamal Keith Kenneth Kevin Kieran Kofi
Krzysztof Kwame Lee Leon Liam Lloyd Luca Luke Malcolm Manoj Marcin Mark Martin Mateusz Matthew Michael Mohammed Musa
Nathan Neil Nicholas Nigel Nikhil Olumide Omar Owen Patrick Paul Pavel Peter Philip Piotr Rahul Rajesh Ravi Raymond
Rhys Richard Robert Rohan Ronan Rory Ross Ryan Samuel Sanjay Scott Sean Simon Stefan Stephen Stuart Suresh Tariq
Thomas Timothy Tobias Tomasz Trevor Tunde Usman Victor Vikram Wayne Wei William Yusuf Zachary`);

const SURNAMES = words(`
Abara Abbott Abdi Acheampong Adams Adebisi Adeyemi Afolabi Ahmed Akhtar Ali Allen Anderson Andrews Appiah Armstrong
Arnold Ashworth Atkinson Awan Bailey Baker Banerjee Barker Barnes Barrett Barton Bates Beaumont Begum Bell Bennett
Bhatt Blackwell Boateng Booth Bowen Bradley Brennan Briggs Brook Brown Burgess Burke Butler Byrne Cameron Campbell
Carr Carter Chamberlain Chan Chapman Chaudhry Chen Cheung Choudhury Clark Clarke Clayton Coleman Collins Connolly Cook
Cooper Costa Cox Crawford Cruz Cunningham Curtis Dalton Daniels Das Davies Dawson Delaney Desai Dhillon Dixon Dlamini
Dobson Donnelly Douglas Doyle Driscoll Dunn Edwards Egan Ellis Ellison Evans Farrell Fernandes Ferguson Fielding
Fisher Fitzgerald Fletcher Forbes Foster Fowler Fox Francis Fraser Gallagher Garcia Gardner Ghosh Gibbs Gibson Gill
Gordon Graham Grant Gray Green Gregory Griffiths Gupta Hall Hamilton Hargreaves Harper Harris Harrison Hart Harvey
Hassan Hayes Henderson Higgins Hill Hodgson Holmes Hopkins Horvat Howard Hughes Hunt Hussain Hutchinson Ibrahim
Iqbal Islam Ivanova Iyer Jackson Jalloh James Jenkins John Johnson Johnston Jones Jordan Joseph Joshi Kamara Kapoor
Kaur Kelly Kennedy Kerr Khan King Kirby Knight Kowalski Kumar Lam Lambert Lane Lawson Lee Lewandowska Lewis Lim
Lloyd Lopez Lowe Lynch Macdonald Mackenzie Mahmood Malik Marshall Martin Mason Matthews McCarthy McDonald McGrath
McKenna McLean Mehta Mensah Miah Miller Mills Mistry Mitchell Moore Morgan Morris Moyo Mukherjee Murphy Murray Nair
Ncube Newton Ng Nguyen Nicholls Nkosi Nowak O'Brien O'Connor O'Neill O'Sullivan Obi Odukoya Okafor Okonkwo Oliver
Osei Owen Owusu Palmer Parker Parmar Parry Patel Pearson Pereira Perry Phillips Popescu Porter Powell Price Qureshi
Quinn Rahman Ramos Rana Rao Rees Reid Reyes Reynolds Richards Richardson Roberts Robertson Robinson Rodrigues Rogers
Rose Ross Russell Ryan Sandhu Santos Saunders Scott Sesay Shah Sharma Shaw Shepherd Siddiqui Silva Simpson Singh
Sinclair Smith Spencer Stevens Stewart Stone Sutton Suleiman Tan Taylor Tembo Thomas Thompson Thomson Thornton Turner
Uddin Vasquez Verma Wade Walker Wallace Walsh Wang Ward Warren Watkins Watson Watts Webb Wells Weston Wheeler White
Whitehead Whittaker Wilkinson Williams Williamson Wilson Wong Wood Wright Wu Wójcik Yeung Yilmaz Young Yusuf Zhang`);

const SECOND_SURNAMES = words('Ashby Blake Carey Dean Hale Lacey Marsh North Payne Rowe Shore Vaughan');

export interface GivenName {
  readonly gender: 'Female' | 'Male';
  readonly title: string;
  readonly first: string;
  readonly middle: string;
  readonly last: string;
  readonly preferred: string;
}

/** Names as real registers have them and tidy lists have not: woman or man, first, middle, last. */
const UNTIDY: readonly (readonly ['Female' | 'Male', string, string, string])[] = [
  ['Female', 'Mary Anne', '', 'Smith Jones'],
  ['Male', 'Jan', 'Pieter', 'van der Berg'],
  ['Female', 'Éilís', 'Úna', 'Ó Briain'],
  ['Male', 'Patrick', '', 'O’Dea'],
  ['Male', 'Łukasz', '', 'Żak'],
  ['Female', 'María José', '', 'de la Cruz'],
  ['Female', 'Sio\u0301faidh', '', 'Ni\u0301 Bhroin'],
  ['Male', 'Søren', '', 'Sørensen'],
  ['Female', 'Đurđa', '', 'Đorđević'],
  ['Male', 'Jürgen', '', 'Großmann'],
  ['Female', "N'Dèye", '', "N'Diaye"],
  ['Male', 'Marc', '', 'D’Souza'],
  ['Female', 'Guðrún', '', 'Þórsdóttir'],
  ['Male', 'Ifan', '', 'ap Rhys'],
  ['Female', 'Şule', '', 'Çelik'],
  ['Male', 'Tha\u0309o', '', 'Nguye\u0302\u0303n'],
  ['Female', 'Anne-Laure', '', 'Le Fèvre-Moreau'],
  ['Male', 'Omar', '', 'al-Rashid'],
  ['Female', 'Jean', '', 'Mc Allister'],
  ['Male', 'St. John', '', 'Æbelø'],
  ['Female', 'Zofia', 'Łucja', 'Śliwińska'],
  ['Male', 'João', '', 'De Souza'],
];
const UNTIDY_EVERY = 9;

/** One in nine of those asked about has a name that is not two words of plain letters; null for the others. */
export function untidyName(index: number): GivenName | null {
  if (index % UNTIDY_EVERY !== 0) return null;
  const found = UNTIDY[(index / UNTIDY_EVERY) % UNTIDY.length];
  if (!found) return null;
  const [gender, first, middle, last] = found;
  return { gender, title: gender === 'Female' ? 'Ms.' : 'Mr.', first, middle, last, preferred: '' };
}

/** What is untidy in a name, for the manifest; null where nothing is. */
export function untidinessOf({ first, last }: GivenName): string | null {
  const name = `${first} ${last}`;
  const kinds = [
    /\p{M}/u.test(name) && 'combining marks',
    /[øłđßæþð]/i.test(name) && 'letters without a plain form',
    /[\u00c0-\u024f\u1e00-\u1eff]/.test(name) && 'accents',
    /^(?:van|de|ap|al|le|ní|ni|ó|mc)[ -]/iu.test(last.normalize('NFC')) && 'particle',
    /['’]/.test(name) && 'apostrophe',
    /\s/.test(first) && 'space in the first name',
    /\s/.test(last) && 'space in the last name',
  ].filter((kind) => kind !== false);
  return kinds.length === 0 ? null : kinds.join(', ');
}

/** Three in four NHS staff are women; titles carry a full stop in ESR. */
export function composeName(random: Random, doctor: boolean): GivenName {
  const woman = random.chance(75);
  const pool = woman ? WOMEN : MEN;
  const first = random.pick(pool);
  const middle = random.chance(45) ? random.pick(pool) : '';
  const surname = random.pick(SURNAMES);
  const last = random.chance(3) ? `${surname}-${random.pick(SECOND_SURNAMES)}` : surname;
  const everyday = woman ? random.pick(['Mrs.', 'Miss', 'Ms.', 'Mrs.']) : 'Mr.';
  return {
    gender: woman ? 'Female' : 'Male',
    title: doctor ? 'Dr.' : everyday,
    first,
    middle,
    last,
    preferred: middle !== '' && random.chance(8) ? middle : '',
  };
}

export function pickSurname(random: Random): string {
  return random.pick(SURNAMES);
}

const PLAIN: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ß: 'ss', æ: 'ae', þ: 'th', ð: 'd' };

/** Letters A to Z only, as usernames and mailboxes have them. */
export function plainLetters(name: string): string {
  return name
    .replace(/[łøđßæþð]/gi, (letter) => PLAIN[letter.toLowerCase()] ?? '')
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toUpperCase();
}
